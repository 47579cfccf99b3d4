import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "./browser.js";
import { keepBusy } from "./busy-page.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const SECOND = 24_000;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch([AUTOPLAY]);
});
after(() => browser.close());

/** Starts a gateway, and a page that listens to it, with the audio running and the tap on. */
async function listen(t, prepare = async (_page) => {}) {
  const gateway = new FakeGateway({ leadMs: 100 });
  const url = await gateway.start();
  const page = await browser.newPage();
  t.after(async () => {
    await page.close();
    await gateway.close();
  });
  await prepare(page);
  await page.goto(`${url}/bare`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  await page.evaluate(() => window.stentor.unlock());
  await startRecording(page);
  return { gateway, page, thread: await page.evaluate(() => window.stentor.stats.thread) };
}

async function assertEverySample(page, utterance) {
  await heardToItsEnd(page, utterance.id, 30_000);
  const { lost, repeated } = account(await recordedRuns(page), utterance.pos, utterance.samples);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
}

test("a page that is busy 500 of every 1,500 ms loses and repeats nothing", async (t) => {
  const { gateway, page, thread } = await listen(t);
  assert.equal(thread, "worker");
  await keepBusy(page);
  const utterance = gateway.speak({ samples: 5 * SECOND });
  await gateway.released(2 * SECOND);
  gateway.clear();
  await assertEverySample(page, gateway.speak({ samples: 2 * SECOND }));
  t.diagnostic(`underruns: ${await page.evaluate(() => window.stentor.stats.underruns)}`);
  const ended = await page.evaluate(() => window.stentorRecording.ended.map(({ id, reason }) => [id, reason]));
  assert.deepEqual(ended[0], [utterance.id, "cleared"]);
});

test("where no worker can be made the page's thread does its work", async (t) => {
  const { gateway, page, thread } = await listen(t, (opened) =>
    opened.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new DOMException("not here", "SecurityError");
        }
      };
    }),
  );
  assert.equal(thread, "page");
  await assertEverySample(page, gateway.speak({ samples: SECOND }));
});
