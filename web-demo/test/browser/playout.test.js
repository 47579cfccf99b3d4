import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { seeded } from "../random.js";
import { selfIndexing } from "../wire.js";
import { AUTOPLAY, launch } from "./browser.js";
import { leadOf } from "./lead.js";
import { account, firstWrong, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const SECOND = 24_000;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch([AUTOPLAY]);
});
after(() => browser.close());

/** Starts a gateway, and a page that listens to it, with the audio running and the tap on. */
async function listen(t, options) {
  const gateway = new FakeGateway(options);
  const url = await gateway.start();
  const page = await browser.newPage();
  t.after(async () => {
    await page.close();
    await gateway.close();
  });
  await page.goto(`${url}/bare`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  await page.evaluate(() => window.stentor.unlock());
  await startRecording(page);
  return { gateway, page };
}

/** Checks that every sample of the utterance was played exactly once, bit for bit as it was sent, but for those that the player named. */
async function assertExact(page, { pos, samples }) {
  const runs = await recordedRuns(page);
  const accounted = account(runs, pos, samples);
  const { lost, repeated } = accounted;
  assert.deepEqual({ lost, repeated, runs: runs.length }, { lost: 0, repeated: 0, runs: 1 });
  const wrong = firstWrong(accounted, (i) => selfIndexing(pos + i));
  assert.equal(wrong, -1, `sample ${pos + wrong} was altered`);
}

// Whether play-out halts, a busy machine decides too. So that it does not is held in virtual time (network.test.js), and here on a quiet
// machine alone, which scripts/long-tests.sh says that it is.
const unbroken = ({ underruns }) => {
  if (process.env.STENTOR_QUIET_MACHINE) assert.equal(underruns, 0);
};

test("plays exactly what was sent at ±80 ms of jitter", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: leadOf(200), jitterMs: 160, random: seeded(5) });
  const utterance = gateway.speak({ samples: 8 * SECOND + 123 });
  await heardToItsEnd(page, utterance.id, 20_000);
  await assertExact(page, utterance);
  const stats = await page.evaluate(() => window.stentor.stats);
  t.diagnostic(JSON.stringify(stats));
  unbroken(stats);
  assert.deepEqual([stats.lost, stats.duplicates, stats.skipped, stats.faults], [0, 0, 0, 0]);
});

test("holding 100 ms only, ±80 ms of jitter still costs no sample", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: 100, jitterMs: 160, random: seeded(2) });
  const utterance = gateway.speak({ samples: 4 * SECOND });
  await heardToItsEnd(page, utterance.id, 20_000);
  await assertExact(page, utterance);
  t.diagnostic(`underruns: ${await page.evaluate(() => window.stentor.stats.underruns)}`);
});

test("utterances that follow each other are one run of samples", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: leadOf(100) });
  gateway.speak({ samples: SECOND });
  gateway.speak({ samples: SECOND / 2 });
  const last = gateway.speak({ samples: SECOND });
  await heardToItsEnd(page, last.id, 20_000);
  await assertExact(page, { pos: 0, samples: last.pos + last.samples });
  unbroken(await page.evaluate(() => window.stentor.stats));
});

test("a network that stands still for 600 ms is one gap, which costs no sample", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: 100 });
  const utterance = gateway.speak({ samples: 5 * SECOND });
  await gateway.released(SECOND);
  gateway.stall(600);
  await heardToItsEnd(page, utterance.id, 20_000);
  await assertExact(page, utterance);
  const { received, played, removed, inserted, concealmentEvents } = await page.evaluate(() => window.stentor.stats);
  assert.equal(received, played + removed - inserted);
  assert.ok(concealmentEvents >= 1);
});

test("a line that is cut twice is resumed, and no sample is lost", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: 1000 });
  const utterance = gateway.speak({ samples: 6 * SECOND });
  await gateway.released(2 * SECOND);
  gateway.cutOff();
  await gateway.released(4 * SECOND);
  gateway.cutOff();
  await heardToItsEnd(page, utterance.id, 20_000);
  await assertExact(page, utterance);
  const stats = await page.evaluate(() => window.stentor.stats);
  t.diagnostic(JSON.stringify(stats));
  assert.deepEqual([stats.reconnects, stats.gaps, stats.faults, stats.lost], [2, 0, 0, 0]);
  unbroken(stats);
});

test("with little held back a cut is heard as a halt, but no sample is lost or repeated", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: 100 });
  const utterance = gateway.speak({ samples: 3 * SECOND });
  await gateway.released(SECOND);
  gateway.cutOff();
  await heardToItsEnd(page, utterance.id, 20_000);
  await assertExact(page, utterance);
  assert.equal(await page.evaluate(() => window.stentor.stats.faults), 0);
});

test("an interruption ends the old sound at once, and the new one is whole", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: 1000 });
  gateway.speak({ samples: 5 * SECOND });
  await gateway.released(2 * SECOND);
  const cut = gateway.reported((report) => report.cut);
  const released = gateway.clear();
  const utterance = gateway.speak({ samples: SECOND });
  await heardToItsEnd(page, utterance.id, 20_000);
  const report = await cut;
  assert.equal(report.cut.gen, 1);
  assert.ok(
    report.cut.pos > SECOND / 2 && report.cut.pos < released - SECOND / 2,
    `cut at ${report.cut.pos} of ${released}`,
  );

  const [old, fresh, ...more] = await recordedRuns(page);
  assert.deepEqual(more, []);
  assert.ok(old.pos === 0 && old.samples.length <= report.cut.pos);
  assert.equal(fresh.pos, released);
  const { lost, repeated } = account([fresh], utterance.pos, utterance.samples);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
  const ended = await page.evaluate(() => window.stentorRecording.ended.map(({ reason }) => reason));
  assert.deepEqual(ended, ["cleared", "done"]);
  const stats = await page.evaluate(() => window.stentor.stats);
  assert.deepEqual([stats.faults, stats.lost], [0, 0]);
  unbroken(stats);
});

test("a pause holds every sample, and its end is not missed behind a gap", async (t) => {
  const { gateway, page } = await listen(t, { leadMs: 1000 });
  const utterance = gateway.speak({ samples: 3 * SECOND });
  await gateway.released(2 * SECOND);
  gateway.announce({ t: "pause", pos: SECOND });
  await page.waitForFunction(() => window.stentor.state.playout === "held");
  await gateway.reported(({ state }) => state === "held"); // the last samples may not have left the output yet
  const reported = await gateway.reported(({ state }) => state === "held");
  const again = await gateway.reported(({ state }) => state === "held");
  assert.equal(again.pos, reported.pos);
  const [seq, pos] = [gateway.entries.length - 1, utterance.samples];
  gateway.tell({ t: "gap", from_seq: seq, to_seq: seq, from_pos: pos, to_pos: pos, ms: 0, cause: "slow", now: [] });
  await heardToItsEnd(page, utterance.id, 20_000);
  await assertExact(page, utterance);
});

test("a device at another rate plays the same samples", async (t) => {
  const { gateway, page } = await listen(t);
  assert.equal(await page.evaluate(() => window.stentor.stats.sampleRateHz), SECOND);
  const utterance = gateway.speak({ samples: SECOND / 2 });
  await page.evaluate(() => {
    const Original = window.AudioContext;
    window.AudioContext = class extends Original {
      constructor(options) {
        if (options?.sampleRate) throw new DOMException("not supported", "NotSupportedError");
        super();
      }
    };
    window.stentor.close();
    window.stentor.connect();
    return window.stentor.unlock();
  });
  await page.waitForFunction(() => window.stentor.state.connection === "open");
  assert.notEqual(await page.evaluate(() => window.stentor.stats.sampleRateHz), SECOND);
  const second = gateway.speak({ samples: SECOND });
  assert.ok(second.pos > utterance.pos);
  await heardToItsEnd(page, second.id, 20_000);
  const { lost, repeated } = account(await recordedRuns(page), second.pos, second.samples);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
});
