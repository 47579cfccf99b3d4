import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { CLIENTS } from "../../scripts/clients/clients.mjs";

const page = readFileSync(new URL("../../docs/clients.md", import.meta.url), "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| client "))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, name, version, call, result, remarks]) => ({ name, version, call, result, remarks }));

test("every client of the script has its program and a row, with the versions that are pinned", () => {
  for (const { name, kind, packages, program } of CLIENTS) {
    assert.ok(existsSync(new URL(`../../scripts/clients/programs/${program}`, import.meta.url)), program);
    const own = rows.filter((row) => row.name === name);
    assert.ok(own.length > 0, name);
    for (const { version } of own) assert.equal(version, kind === "commands" ? "as installed" : packages.join(", "));
  }
  assert.deepEqual([...new Set(rows.map(({ name }) => name))].sort(), CLIENTS.map(({ name }) => name).sort());
});

test("every row says what was called and what came of it; one that was skipped says why", () => {
  for (const { name, call, result, remarks } of rows) {
    assert.match(call, /^`.+`$/, name);
    assert.match(result, /^(good|failed|skipped)$/, name);
    if (result === "skipped") assert.ok(remarks, name);
  }
});

test("every package of a client is pinned", () => {
  for (const { kind, packages } of CLIENTS.filter(({ kind }) => kind !== "commands"))
    for (const one of packages) assert.match(one, /(==|:|@v?)\d+\.\d+\.\d+$/, kind);
});
