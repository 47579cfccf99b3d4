#!/bin/sh
# Has Prometheus' own tool look at the alert rules in ops/ and at every query of the dashboard, which it reads as a rule each. Needs
# promtool (the package `prometheus` of Debian and others has it) and Node.
set -eu
cd "$(dirname "$0")/.."
command -v promtool >/dev/null || { echo "promtool is missing; Debian has it in the package prometheus" >&2; exit 1; }
promtool check rules ops/prometheus/stentor-alerts.yml
queries=$(mktemp -d)
trap 'rm -rf "$queries"' EXIT
node - ops/grafana/stentor.json >"$queries/dashboard.yml" <<'JS'
const { readFileSync } = require("node:fs");
const { panels } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
// Grafana puts its variables in before it asks.
const filled = expressions.map((one) => one.replace(/\$\{?__(rate_interval|interval|range)\}?/g, "5m").replace(/\$\{?\w+\}?/g, ".*"));
const rules = filled.map((expr, number) => ({ record: `dashboard:query:${number}`, expr }));
console.log(JSON.stringify({ groups: [{ name: "dashboard", rules }] })); // JSON is YAML
JS
promtool check rules "$queries/dashboard.yml"
