// Makes kiosk-files.js, the list of all files that the kiosk loads, for its service worker:
//
//   node scripts/kiosk-files.mjs
//
// A test holds the checked-in list equal to what this makes.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HOME = new URL("../", import.meta.url);

/** How a file names another one that is loaded with it: an import, a link of a page, an address that a module makes. */
const NAMES_ANOTHER = [
  /\b(?:from|import) "(\.[^"]+)"/g,
  /(?:src|href)="([\w./-]+\.\w+)"/g,
  /new URL\("(\.[^"]+)", import\.meta\.url\)/g,
];

/** Returns the list's file. */
export function make() {
  const paths = [...loaded("kiosk.html")].map((file) => `/${file === "kiosk.html" ? "kiosk" : file}`).sort();
  return `// Made by scripts/kiosk-files.mjs.\nself.KIOSK_FILES = [\n${paths.map((path) => `  "${path}",\n`).join("")}];\n`;
}

/** Returns all files that one loads, itself included. @param {string} file @param {Set<string>} [found] */
function loaded(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  if (!/\.(js|html)$/.test(file) || file.includes("/dist/")) return found; // those of dist need no other file
  const at = new URL(file, HOME);
  const text = readFileSync(at, "utf8");
  for (const pattern of NAMES_ANOTHER) {
    for (const [, name] of text.matchAll(pattern)) loaded(new URL(name, at).href.slice(HOME.href.length), found);
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL("kiosk-files.js", HOME), make());
