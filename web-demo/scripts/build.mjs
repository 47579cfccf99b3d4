// Makes the files of the package in player/dist from the modules in player/:
//
//   node scripts/build.mjs
//
// Each script needs no other file but those of the worklet and the worker. A test holds the checked-in files equal to what this makes.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const HOME = fileURLToPath(new URL("..", import.meta.url));
const DIST = path.join(HOME, "player/dist");

/** In player/ the files of the worklet and the worker lie in dist/; among the files of the package they lie beside them. */
const besideTheBundle = {
  name: "worklet and worker beside the bundle",
  setup(/** @type {import("esbuild").PluginBuild} */ { onLoad }) {
    onLoad({ filter: /[\\/](worklet|worker)-url\.js$/ }, ({ path: file }) => {
      const contents = readFileSync(file, "utf8").replace('"./dist/stentor-', '"./stentor-');
      return { contents, loader: "js" };
    });
  },
};

const COMMON = { bundle: true, minify: true, target: "es2022", legalComments: "none", write: false, charset: "utf8" };
const BANNER = "// stentor-player, Apache-2.0\n";

/** Returns the content of each file of the package's dist, by its name. @returns {Promise<Map<string, string>>} */
export async function make() {
  const scripts = await Promise.all([
    bundle("stentor-worklet.js", { entryPoints: ["player/player-worklet.js"], format: "iife" }),
    bundle("stentor-worker.js", { entryPoints: ["player/line-worker.js"], format: "esm" }),
    bundle("stentor-player.js", { entryPoints: ["player/player.js"], format: "esm" }),
    bundle("stentor-page.js", { entryPoints: ["player/page-life.js"], format: "esm" }),
    bundle("stentor-element.js", {
      entryPoints: ["player/element.js"],
      format: "esm",
      plugins: [playerBesideIt],
    }),
    bundle("stentor-player.classic.js", {
      entryPoints: ["player/classic.js"],
      format: "iife",
      define: { "import.meta.url": "CLASSIC_BASE" },
      inject: ["scripts/classic-base.js"],
    }),
  ]);
  return new Map([...scripts, ...types()]);
}

/** The element uses the player of the other file, so that a page that has both loads it once. */
const playerBesideIt = {
  name: "player beside the element",
  setup(/** @type {import("esbuild").PluginBuild} */ { onResolve }) {
    onResolve({ filter: /^\.\/player\.js$/ }, () => ({ path: "./stentor-player.js", external: true }));
  },
};

/** @param {string} name @param {import("esbuild").BuildOptions} options @returns {Promise<[string, string]>} */
async function bundle(name, { plugins = [], ...options }) {
  const { outputFiles } = await build({
    ...COMMON,
    absWorkingDir: HOME,
    plugins: [besideTheBundle, ...plugins],
    ...options,
  });
  const { text } = /** @type {any} */ (outputFiles)[0];
  const { code = "" } = await minify(text, {
    module: options.format === "esm",
    ecma: 2020,
    compress: { passes: 3, sequences: false },
  });
  return [name, BANNER + code.replace(/\bimport\((?=this\.)/, "import(/* @vite-ignore *//* webpackIgnore: true */")];
}

/** Makes the declarations from the comments: those of the player, the element and the page, and of what they name. @returns {[string, string][]} */
function types() {
  const folder = mkdtempSync(path.join(tmpdir(), "stentor-types-"));
  try {
    execFileSync(process.execPath, [
      fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url)),
      ...["-p", path.join(HOME, "tsconfig.types.json"), "--outDir", folder],
    ]);
    const declared = new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
    const wanted = new Set(["player.d.ts", "element.d.ts", "page-life.d.ts"]);
    for (const name of wanted) {
      for (const [, module] of (declared.get(name) ?? "").matchAll(/["']\.\/([\w-]+)\.js["']/g))
        wanted.add(`${module}.d.ts`);
    }
    return [...wanted].sort().map((name) => [`types/${name}`, declared.get(name) ?? ""]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(DIST, { recursive: true, force: true });
  for (const [name, content] of await make()) {
    mkdirSync(path.dirname(path.join(DIST, name)), { recursive: true });
    writeFileSync(path.join(DIST, name), content);
  }
}
