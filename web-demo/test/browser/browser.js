import { chromium } from "playwright-core";
import { packagedChromium } from "./chromium-package.js";
import { onPath } from "./installed.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Allows sound without a user gesture. Tests of unlocking leave it out. */
export const AUTOPLAY = "--autoplay-policy=no-user-gesture-required";

/**
 * Starts Chromium: the one that STENTOR_BROWSER names, else one on the PATH, else the packaged one. The caller closes it.
 *
 * @param {string[]} [flags] beside the usual ones
 * @param {{sound?: Record<string, string>}} [how] `sound`: the environment that leads its sound to a sound server; else nobody hears it
 */
export async function launch(flags = [], { sound } = {}) {
  const { executable, env } = await findBrowser();
  return chromium.launch({
    executablePath: executable,
    headless: true,
    chromiumSandbox: false,
    ignoreDefaultArgs: sound ? ["--mute-audio"] : [],
    env: { ...process.env, ...env, ...sound },
    args: [
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...flags,
    ],
  });
}

/** @returns {Promise<{executable: string, env: Record<string, string>}>} */
async function findBrowser() {
  const named = process.env.STENTOR_BROWSER;
  if (named) return { executable: named, env: {} };
  const installed = onPath(NAMES);
  return installed ? { executable: installed, env: {} } : packagedChromium();
}
