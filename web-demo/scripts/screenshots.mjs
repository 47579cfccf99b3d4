// Takes pictures of the pages: Studio in its states, and Kiosk and Monitor where they are there; in both themes and two widths.
//
//   node scripts/screenshots.mjs [FOLDER, ../target/screenshots/pages by default] [WORD: only pictures with it in their names]
//
// It needs a browser as the browser tests do. The gateway is the tests' fake one, so the pictures are the same everywhere.

import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AUTOPLAY, launch } from "../test/browser/browser.js";
import { FakeGateway } from "../test/fake-gateway.js";
import { scenes } from "./scenes.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const [folder = path.join(ROOT, "../target/screenshots/pages"), word = ""] = process.argv.slice(2);
const WIDTHS = [
  [1280, 860],
  [390, 844],
];

mkdirSync(folder, { recursive: true });
const browser = await launch([AUTOPLAY]);
try {
  for (const scene of scenes) {
    if (!existsSync(path.join(ROOT, scene.file))) continue;
    for (const [width, height] of WIDTHS) {
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        const name = `${scene.name}-${width}-${colorScheme}.png`;
        if (name.includes(word)) await shoot(scene, name, { viewport: { width, height }, colorScheme });
      }
    }
  }
} finally {
  await browser.close();
}

/** @param {import("./scenes.mjs").Scene} scene @param {string} name @param {import("playwright-core").BrowserContextOptions} options */
async function shoot(scene, name, options) {
  const gateway = new FakeGateway({ sample: murmur });
  gateway.tellsPhases = true;
  const url = await gateway.start();
  const page = await browser.newPage({ ...options, reducedMotion: scene.still ? "reduce" : "no-preference" });
  try {
    await page.goto(`${url}/${scene.address}`);
    await scene.play(page, gateway);
    await page.screenshot({ path: path.join(folder, name), fullPage: scene.whole ?? false });
    console.log(name);
  } catch (failure) {
    console.error(`${name}: ${failure}`);
    process.exitCode = 1;
  } finally {
    await page.close();
    await gateway.close();
  }
}

/** Returns something that rises and falls like speech. @param {number} n */
function murmur(n) {
  const syllable =
    Math.max(0, Math.sin(n / 1500) + 0.5 * Math.sin(n / 3700)) *
    (0.5 + 0.3 * Math.sin(n / 9100) + 0.2 * Math.sin(n / 610));
  return Math.round(9000 * syllable * (Math.sin(n / 25) + 0.4 * Math.sin(n / 9.1)));
}
