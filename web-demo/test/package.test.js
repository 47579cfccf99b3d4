import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { make } from "../scripts/build.mjs";

const PLAYER = new URL("../player/", import.meta.url);

test("the files of the package are those that the script makes", async () => {
  const made = await make();
  const there = readdirSync(new URL("dist", PLAYER), { recursive: true })
    .map(String)
    .filter((name) => name.includes("."));
  assert.deepEqual(there.sort(), [...made.keys()].sort(), "run node scripts/build.mjs");
  for (const [name, content] of made) {
    assert.equal(readFileSync(new URL(`dist/${name}`, PLAYER), "utf8"), content, `${name}: run node scripts/build.mjs`);
  }
});

test("the player, the worker and the worklet have 20 KB at most, and the element, the page and the classic script little more", () => {
  const bytes = (/** @type {string} */ name) =>
    gzipSync(readFileSync(new URL(`dist/${name}`, PLAYER)), { level: 9 }).length;
  const total = (/** @type {string[]} */ ...names) => names.map(bytes).reduce((sum, size) => sum + size);
  const size = total("stentor-player.js", "stentor-worker.js", "stentor-worklet.js");
  assert.ok(size <= 20_000, `${size}`);
  const classic = total("stentor-player.classic.js") - total("stentor-player.js");
  for (const more of [bytes("stentor-element.js"), bytes("stentor-page.js"), classic])
    assert.ok(more <= 1_500, `${more}`);
});

test("the files need no other file but those of the worklet and the worker", () => {
  for (const name of ["stentor-player.js", "stentor-worker.js", "stentor-worklet.js", "stentor-player.classic.js"]) {
    const script = readFileSync(new URL(`dist/${name}`, PLAYER), "utf8");
    const found = script.match(
      /\bimport\s*[{*"'\w]|\bimport\((?!\/\* @vite-ignore \*\/\/\* webpackIgnore: true \*\/this\.)|\bfrom\s*["']|["'`](blob|data):/,
    );
    assert.equal(found?.[0], undefined, name);
  }
});

test("npm packs these files and no others", () => {
  const said = execFileSync("npm", ["pack", "--dry-run", "--json", "--offline"], { cwd: fileURLToPath(PLAYER) });
  const [{ files, unpackedSize }] = JSON.parse(String(said));
  assert.deepEqual(files.map(({ path }) => path).sort(), [
    "LICENSE",
    "README.md",
    "dist/stentor-element.js",
    "dist/stentor-page.js",
    "dist/stentor-player.classic.js",
    "dist/stentor-player.js",
    "dist/stentor-worker.js",
    "dist/stentor-worklet.js",
    "dist/types/connection.d.ts",
    "dist/types/element.d.ts",
    "dist/types/environment.d.ts",
    "dist/types/frames.d.ts",
    "dist/types/line-host.d.ts",
    "dist/types/line.d.ts",
    "dist/types/page-life.d.ts",
    "dist/types/player-environment.d.ts",
    "dist/types/player.d.ts",
    "dist/types/preset.d.ts",
    "dist/types/say-requests.d.ts",
    "dist/types/server-clock.d.ts",
    "dist/types/stats.d.ts",
    "dist/types/tickets.d.ts",
    "package.json",
  ]);
  assert.ok(unpackedSize < 160_000, `${unpackedSize} bytes`);
});

test("the classic script is for pages: one that imports it is told what to import", async () => {
  const { exports } = JSON.parse(readFileSync(new URL("package.json", PLAYER), "utf8"));
  for (const [name, target] of Object.entries(exports)) {
    if (name.startsWith("./dist/")) assert.equal(name, target);
  }
  assert.equal(exports["./classic"], undefined);
  Object.assign(globalThis, { document: { currentScript: null } });
  try {
    await assert.rejects(
      import(String(new URL("dist/stentor-player.classic.js", PLAYER))),
      /Modules take stentor-player/,
    );
  } finally {
    delete globalThis.document;
  }
});

test("the licence is the repository's", () => {
  assert.equal(
    readFileSync(new URL("LICENSE", PLAYER), "utf8"),
    readFileSync(new URL("../LICENSE", new URL("../", import.meta.url)), "utf8"),
  );
});
