// Markdown tables, and their places in docs/performance.md: between <!-- name:begin --> and <!-- name:end -->.
import { readFileSync, writeFileSync } from "node:fs";
import { ROOT } from "./build.mjs";
import { fail } from "./options.mjs";

export const PAGE = `${ROOT}/docs/performance.md`;

/** @param {string[]} head @param {string[][]} rows */
export const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** @param {string} name @param {string} text */
export function writeInto(name, text) {
  const page = readFileSync(PAGE, "utf8");
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  if (!page.includes(begin) || !page.includes(end)) fail(`${PAGE} has no place for ${name}`);
  const [before, after] = [page.slice(0, page.indexOf(begin) + begin.length), page.slice(page.indexOf(end))];
  writeFileSync(PAGE, `${before}\n${text}\n${after}`);
}

/** "3.20 (3.10–3.70)" @param {{median: number, least: number, most: number}} spread @param {number} digits */
export const shown = ({ median, least, most }, digits) =>
  median === undefined || Number.isNaN(median)
    ? "–"
    : `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

export const verdict = (holds) => (holds ? "yes" : "**no**");

/** UTC, to the minute. */
export const now = () => new Date().toISOString().slice(0, 16).replace("T", " ");
