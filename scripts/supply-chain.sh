#!/bin/sh
# Writes what the jar is made of to target/supply-chain: bom.json (CycloneDX), licences.txt (each library and its licence). Fails if a
# library's licence is none of those that fit. Takes a minute; it is no part of mvn verify.
#
# Known vulnerabilities are not looked up: that needs a database from the network. Feed bom.json to a scanner of your choice, such as
# `osv-scanner --sbom=target/supply-chain/bom.json` or `trivy sbom target/supply-chain/bom.json`.
set -eu
cd "$(dirname "$0")/.."
out=target/supply-chain
mkdir -p "$out"
mvn -B -ntp -q org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom \
    -DincludeTestScope=false -DoutputFormat=json -DoutputDirectory="$PWD/$out" -DoutputName=bom
node - "$out" <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const out = process.argv[2];
// By the names and identifiers that poms use. LGPL: MaryTTS alone, unmodified and as jars of its own; see NOTICE.
const FIT = /apache|\bMIT\b|BSD|MPL|mozilla|EPL|eclipse|CC0|public domain|bouncy|go license|W3C|unicode/i;
const LESSER = /lgpl|lesser general/i;
const { components = [] } = JSON.parse(readFileSync(`${out}/bom.json`, "utf8"));
const lines = [];
const unfit = [];
for (const { group = "", name, version, licenses = [] } of components) {
  const named = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name ?? "");
  const fits = named.some((one) => FIT.test(one)) || (named.some((one) => LESSER.test(one)) && /^de\.dfki\.mary|^ch\.qos\.logback/.test(group));
  lines.push(`${group}:${name}:${version}  ${named.join(" or ") || "none named"}${fits ? "" : "  !"}`);
  if (!fits) unfit.push(lines.at(-1));
}
writeFileSync(`${out}/licences.txt`, lines.sort().join("\n") + "\n");
console.log(`${components.length} libraries; target/supply-chain/bom.json, licences.txt`);
if (unfit.length) {
  console.error(`no fitting licence is named by:\n${unfit.join("\n")}`);
  process.exit(1);
}
JS
