import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { onPath } from "./installed.js";

// Playwright has a Firefox of its own build. Puppeteer drives the one of the distribution, over WebDriver BiDi, and so the sound goes to
// PulseAudio as at a visitor's.

const PREFERENCES = {
  "media.autoplay.default": 0, // sound without a gesture; unlocking is tested in Chromium
  "media.autoplay.blocking_policy": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.normandy.enabled": false,
};

const POLL_MS = 50;

/** Returns the installed Firefox, the one that STENTOR_FIREFOX names, or undefined. */
const firefox = () => process.env.STENTOR_FIREFOX ?? onPath(["firefox-esr", "firefox"]);

/** Says what is missing on this machine for a Firefox with sound; false if nothing is. */
export function missing() {
  const executable = firefox();
  if (!executable) return "Firefox is not installed: the player is not tested in it here (apt-get install firefox-esr)";
  if (isSnap(executable))
    return "Firefox is a snap here, which sees no folders of tests: the player is not tested in it";
  if (!onPath(["pulseaudio"]))
    return "PulseAudio is not installed: the player is not tested in Firefox here (apt-get install pulseaudio)";
  return false;
}

/** Tells whether a program only starts the one of a snap. @param {string} executable */
const isSnap = (executable) => /\/snap\//.test(readFileSync(executable).subarray(0, 4096).toString("latin1"));

/** Starts a sound server of its own, without a sound card. @returns {Promise<{address: string, end: () => Promise<void>}>} */
export async function startSoundServer() {
  const folder = await mkdtemp(path.join(tmpdir(), "stentor-sound-"));
  const socket = path.join(folder, "native");
  const process = spawn(
    "pulseaudio",
    [
      "-n",
      "--daemonize=no",
      "--use-pid-file=no",
      "--exit-idle-time=-1",
      "--disable-shm=yes",
      "--log-level=error",
      `--load=module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
      "--load=module-null-sink sink_name=nobody rate=48000",
    ],
    { env: { ...globalThis.process.env, XDG_RUNTIME_DIR: folder, HOME: folder }, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  process.stderr.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => process.once("close", resolve));
  const end = async () => {
    process.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !existsSync(socket); waited += POLL_MS) {
    if (process.exitCode !== null || waited > 10_000) {
      await end();
      throw new Error(`PulseAudio did not start: ${said}`);
    }
    await delay(POLL_MS);
  }
  return { address: `unix:${socket}`, end };
}

/** Starts Firefox with that sound server. The caller ends it with {@link endFirefox}. @param {{address: string}} sound */
export async function launchFirefox({ address }) {
  const home = await mkdtemp(path.join(tmpdir(), "stentor-firefox-"));
  await mkdir(path.join(home, "run"), { mode: 0o700 });
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefox(),
    headless: true,
    timeout: 60_000,
    protocolTimeout: 30_000,
    extraPrefsFirefox: PREFERENCES,
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: path.join(home, "run"), PULSE_SERVER: address },
  });
  return Object.assign(browser, { home });
}

/** Ends a Firefox, also one that does not answer any more. @param {Awaited<ReturnType<typeof launchFirefox>>} browser */
export async function endFirefox(browser) {
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
 * @param {Awaited<ReturnType<typeof launchFirefox>>} browser
 * @param {string} url
 * @param {number} [answersWithinMs]
 */
export async function openPage(browser, url, answersWithinMs = 8_000) {
  const page = await browser.newPage();
  const evaluate = (task, argument) => within(answersWithinMs, page.evaluate(task, argument));
  await within(30_000, page.goto(url, { waitUntil: "load" }));
  return {
    evaluate,
    /** As Playwright's, for what both browsers' tests use. */
    async waitForFunction(task, argument = null, { timeout = 10_000 } = {}) {
      const from = performance.now();
      for (;;) {
        const value = await evaluate(task, argument);
        if (value) return { jsonValue: async () => value };
        if (performance.now() - from > timeout) throw new Error(`not within ${timeout} ms: ${task}`);
        await delay(POLL_MS);
      }
    },
    close: () => within(answersWithinMs, page.close()),
  };
}

/** @template T @param {number} ms @param {Promise<T>} answer @returns {Promise<T>} */
async function within(ms, answer) {
  const over = new AbortController();
  const late = delay(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`the page did not answer within ${ms} ms`);
  });
  answer.catch(() => {}); // it may still fail when the browser is ended
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
    late.catch(() => {});
  }
}
