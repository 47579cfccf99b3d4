import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { waitForFunction, within } from "./answers.js";
import { onPath } from "./installed.js";

// Playwright has a Firefox of its own build. Puppeteer drives the one of the distribution, over WebDriver BiDi, and so the sound goes to
// PulseAudio as at a visitor's.

const PREFERENCES = {
  "media.autoplay.default": 0, // sound without a gesture; unlocking is tested in Chromium
  "media.autoplay.blocking_policy": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.normandy.enabled": false,
};

/** The longest time that a page may take to answer. */
const ANSWER_MS = 8_000;

/** Returns the installed Firefox, the one that STENTOR_FIREFOX names, or undefined. */
const executableFile = () => process.env.STENTOR_FIREFOX ?? onPath(["firefox-esr", "firefox"]);

/** Says what is missing on this machine for a Firefox with sound; false if nothing is. */
function missing() {
  const executable = executableFile();
  if (!executable) return "Firefox is not installed: the player is not tested in it here (apt-get install firefox-esr)";
  if (isSnap(executable))
    return "Firefox is a snap here, which sees no folders of tests: the player is not tested in it";
  if (!onPath(["pulseaudio"]))
    return "PulseAudio is not installed: the player is not tested in Firefox here (apt-get install pulseaudio)";
  return false;
}

/** Tells whether a program only starts the one of a snap. @param {string} executable */
const isSnap = (executable) => /\/snap\//.test(readFileSync(executable).subarray(0, 4096).toString("latin1"));

/** Starts Firefox with a sound server. @param {{address: string}} sound */
async function launch({ address }) {
  const home = await mkdtemp(path.join(tmpdir(), "stentor-firefox-"));
  await mkdir(path.join(home, "run"), { mode: 0o700 });
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: executableFile(),
    headless: true,
    timeout: 60_000,
    protocolTimeout: 30_000,
    extraPrefsFirefox: PREFERENCES,
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: path.join(home, "run"), PULSE_SERVER: address },
  });
  return Object.assign(browser, { home });
}

/** Ends a Firefox, also one that does not answer any more. @param {Awaited<ReturnType<typeof launch>>} browser */
async function end(browser) {
  const process = browser.process();
  const ended = new Promise((resolve) => (process.exitCode === null ? process.once("exit", resolve) : resolve()));
  await Promise.race([browser.close().catch(() => {}), delay(5_000, undefined, { ref: false })]);
  if (process.exitCode === null) process.kill("SIGKILL");
  await ended;
  await rm(browser.home, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Opens a page. What is asked of it fails after some seconds if the page does not answer, as one that is frozen.
 *
 * @param {Awaited<ReturnType<typeof launch>>} browser
 * @param {string} url
 * @returns {Promise<import("./starts.js").Page>}
 */
async function openPage(browser, url) {
  const page = await browser.newPage();
  const evaluate = (task, argument) => within(ANSWER_MS, page.evaluate(task, argument));
  await within(30_000, page.goto(url, { waitUntil: "load" }));
  return {
    evaluate,
    waitForFunction: waitForFunction(evaluate),
    withGesture: evaluate, // the preferences allow sound without one
  };
}

/** The Firefox of the distribution. @type {import("./starts.js").Driver} */
export const firefox = { name: "Firefox", missing, launch, openPage, end };
