import { performance } from "node:perf_hooks";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

/**
 * @typedef {object} Page a page in a browser, as the tests see it
 * @property {(task: any, argument?: any) => Promise<any>} evaluate
 * @property {(task: any, argument?: any, options?: {timeout?: number}) => Promise<{jsonValue: () => Promise<any>}>} waitForFunction
 * @property {(task: any) => Promise<any>} withGesture runs the task where the browser allows sound
 */

/**
 * @typedef {object} Driver one browser of the distribution, whose sound goes to a sound server
 * @property {string} name
 * @property {() => string | false} missing says what is missing on this machine
 * @property {(sound: {address: string}) => Promise<any>} launch
 * @property {(browser: any, url: string) => Promise<Page>} openPage
 * @property {(browser: any) => Promise<void>} end
 */

/** Opens the bare page and starts its sound. @param {Driver} driver @param {any} browser @param {string} url */
export async function startListening(driver, browser, url) {
  const page = await driver.openPage(browser, `${url}/bare`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  await page.withGesture(() => void window.stentor.unlock());
  await page.waitForFunction(() => window.stentor.state.audio === "running");
  await startRecording(page);
  return page;
}

/** Waits until the page has played the utterance, and counts. @param {Page} page @param {{id: string, pos: number, samples: number}} utterance */
export async function played(page, utterance, timeoutMs = 15_000) {
  await heardToItsEnd(page, utterance.id, timeoutMs);
  return account(await recordedRuns(page), utterance.pos, utterance.samples);
}

/**
 * Starts the player again and again, each time in a new browser, and tells how often it played everything.
 *
 * @param {Driver} driver
 * @param {import("../fake-gateway.js").FakeGateway} gateway
 * @param {string} url
 * @param {{address: string}} sound
 * @param {number} starts
 * @param {(line: string) => void} tell
 */
export async function startAgainAndAgain(driver, gateway, url, sound, starts, tell) {
  const failed = [];
  for (let start = 1; start <= starts; start++) {
    const from = performance.now();
    const browser = await driver.launch(sound);
    try {
      const page = await startListening(driver, browser, url);
      const utterance = gateway.speak({ samples: 12_000 });
      const { lost, repeated } = await played(page, utterance);
      if (lost || repeated) throw new Error(`${lost} samples lost, ${repeated} repeated`);
      tell(`start ${start}: played, ${Math.round(performance.now() - from)} ms`);
    } catch (failure) {
      failed.push(failure.message);
      tell(`start ${start}: ${failure.message}`);
    } finally {
      await driver.end(browser);
    }
  }
  return failed;
}
