import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { selfIndexing } from "../wire.js";
import { firstWrong } from "./recording.js";
import { startSoundServer } from "./sound-server.js";
import { played, startAgainAndAgain, startListening } from "./starts.js";

const SAMPLES = 3 * 24_000;

/** Registers the tests of the player in a browser of the distribution. @param {import("./starts.js").Driver} driver */
export function playsIn(driver) {
  describe(`${driver.name}, with the sound going to PulseAudio`, { skip: driver.missing() }, () => {
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
      const browser = await driver.launch(sound);
      try {
        const pages = [await startListening(driver, browser, url), await startListening(driver, browser, url)];
        const utterance = gateway.speak({ samples: SAMPLES });
        for (const page of pages) {
          const accounted = await played(page, utterance);
          assert.deepEqual([accounted.lost, accounted.repeated], [0, 0]);
          const wrong = firstWrong(accounted, (i) => selfIndexing(utterance.pos + i));
          assert.equal(wrong, -1, "a sample was altered");
        }
      } finally {
        await driver.end(browser);
      }
    });

    // A player that asked for the output's time froze in every second start of Firefox or so. test/soak/starts.mjs starts 20 times.
    test("another start plays too: the page does not freeze", async (t) => {
      const failed = await startAgainAndAgain(driver, gateway, url, sound, 1, (line) => t.diagnostic(line));
      assert.deepEqual(failed, []);
    });
  });
}
