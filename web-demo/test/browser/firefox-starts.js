import { performance } from "node:perf_hooks";
import { endFirefox, launchFirefox, openPage } from "./firefox.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

/** Opens the bare page and starts its sound. @param {any} browser @param {string} url */
export async function startListening(browser, url) {
  const page = await openPage(browser, `${url}/bare`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  await page.evaluate(() => void window.stentor.unlock());
  await page.waitForFunction(() => window.stentor.state.audio === "running");
  await startRecording(page);
  return page;
}

/** Waits until the page has played the utterance, and counts. @param {any} page @param {{id: string, pos: number, samples: number}} utterance */
export async function played(page, utterance, timeoutMs = 15_000) {
  await heardToItsEnd(page, utterance.id, timeoutMs);
  return account(await recordedRuns(page), utterance.pos, utterance.samples);
}

/**
 * Starts the player again and again, each time in a new Firefox, and tells how often it played everything.
 *
 * @param {import("../fake-gateway.js").FakeGateway} gateway
 * @param {string} url
 * @param {{address: string}} sound
 * @param {number} starts
 * @param {(line: string) => void} tell
 */
export async function startAgainAndAgain(gateway, url, sound, starts, tell) {
  const failed = [];
  for (let start = 1; start <= starts; start++) {
    const from = performance.now();
    const browser = await launchFirefox(sound);
    try {
      const page = await startListening(browser, url);
      const utterance = gateway.speak({ samples: 12_000 });
      const { lost, repeated } = await played(page, utterance);
      if (lost || repeated) throw new Error(`${lost} samples lost, ${repeated} repeated`);
      tell(`start ${start}: played, ${Math.round(performance.now() - from)} ms`);
    } catch (failure) {
      failed.push(failure.message);
      tell(`start ${start}: ${failure.message}`);
    } finally {
      await endFirefox(browser);
    }
  }
  return failed;
}
