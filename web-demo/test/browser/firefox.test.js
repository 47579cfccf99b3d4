import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { selfIndexing } from "../wire.js";
import { played, startAgainAndAgain, startListening } from "./firefox-starts.js";
import { endFirefox, launchFirefox, missing, startSoundServer } from "./firefox.js";
import { firstWrong } from "./recording.js";

const SAMPLES = 3 * 24_000;

describe("Firefox, with the sound going to PulseAudio", { skip: missing() }, () => {
  /** @type {Awaited<ReturnType<typeof startSoundServer>>} */
  let sound;
  /** @type {FakeGateway} */
  let gateway;
  let url = "";

  before(async () => {
    sound = await startSoundServer();
    gateway = new FakeGateway({ leadMs: 1000 });
    url = await gateway.start();
  });
  after(async () => {
    await gateway?.close();
    await sound?.end();
  });

  test("two windows play the same samples, all of them", async () => {
    const browser = await launchFirefox(sound);
    try {
      const pages = [await startListening(browser, url), await startListening(browser, url)];
      const utterance = gateway.speak({ samples: SAMPLES });
      for (const page of pages) {
        const accounted = await played(page, utterance);
        assert.deepEqual([accounted.lost, accounted.repeated], [0, 0]);
        const wrong = firstWrong(accounted, (i) => selfIndexing(utterance.pos + i));
        assert.equal(wrong, -1, "a sample was altered");
      }
    } finally {
      await endFirefox(browser);
    }
  });

  // A player that asked for the output's time froze in every second start or so. test/soak/firefox-starts.mjs starts 20 times.
  test("another start plays too: the page does not freeze", async (t) => {
    const failed = await startAgainAndAgain(gateway, url, sound, 1, (line) => t.diagnostic(line));
    assert.deepEqual(failed, []);
  });
});
