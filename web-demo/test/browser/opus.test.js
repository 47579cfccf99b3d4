import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { leadOf } from "./lead.js";
import { AUTOPLAY, launch } from "./browser.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const SECOND = 24_000;
const GOLDEN = new URL("../../../src/test/resources/golden/opus.json", import.meta.url);
/** The gateway's packets of two seconds of `voiced`. */
const PACKETS = JSON.parse(readFileSync(GOLDEN, "utf8")).map((hex) =>
  Uint8Array.from(Buffer.from(hex.slice(48), "hex")),
);

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch([AUTOPLAY]);
});
after(() => browser.close());

/** @param {import("node:test").TestContext} t @param {number} [leadMs] */
async function open(t, leadMs = 300) {
  const gateway = new FakeGateway({ packets: PACKETS, leadMs });
  const url = await gateway.start();
  const page = await browser.newPage();
  t.after(async () => {
    await page.close();
    await gateway.close();
  });
  return { gateway, page, join: () => join(page, url) };
}

async function join(page, url) {
  await page.goto(`${url}/bare?formats=opus,pcm&exact`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  await page.evaluate(() => window.stentor.unlock());
  await startRecording(page);
}

test("what is decoded lies where PCM would lie, to the sample, and sounds like it", async (t) => {
  const { gateway, page, join } = await open(t, leadOf(300));
  await join();
  const utterance = gateway.speak({ samples: 2 * SECOND });
  await heardToItsEnd(page, utterance.id, 20_000);
  const { heard, lost, repeated } = account(await recordedRuns(page), 0, 2 * SECOND);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
  const spoken = voiced(2 * SECOND);
  const decibels = signalToNoise(spoken, heard);
  const lag = bestLag(spoken, heard);
  t.diagnostic(`${decibels.toFixed(1)} dB, ${lag} samples off`);
  assert.equal(lag, 0);
  assert.ok(decibels > 14, `${decibels} dB`);
  const { underruns, lost: holes, faults } = await page.evaluate(() => window.stentor.stats);
  assert.deepEqual({ holes, faults }, { holes: 0, faults: 0 });
  if (process.env.STENTOR_QUIET_MACHINE) assert.equal(underruns, 0);
});

test("who joins in mid-speech hears it right from the first sample, without a click", async (t) => {
  const { gateway, page, join } = await open(t);
  await join();
  const utterance = gateway.speak({ samples: 2 * SECOND });
  await gateway.released(SECOND / 2);
  await page.evaluate(async () => {
    window.stentor.close();
    const { StentorPlayer } = await import("/player/player.js");
    window.stentor = new StentorPlayer({ formats: ["opus"], exact: true });
    await window.stentor.unlock();
  });
  await startRecording(page);
  await page.evaluate(() => window.stentor.connect());
  const end = utterance.pos + utterance.samples;
  await page.waitForFunction((wanted) => window.stentor.stats.pos >= wanted, end, { polling: 50 });
  const [run, ...more] = await recordedRuns(page);
  assert.deepEqual([more, run.pos % 480, run.pos + run.samples.length], [[], 0, end]);
  const spoken = voiced(2 * SECOND).subarray(run.pos);
  const begin = spoken.findIndex((sample) => sample !== 0); // it may have joined between two syllables
  const beginning = signalToNoise(spoken.subarray(begin, begin + 2400), run.samples.subarray(begin, begin + 2400));
  t.diagnostic(`from ${run.pos}: ${beginning.toFixed(1)} dB in the first 100 ms, ${begin} samples in`);
  assert.ok(beginning > 8, `${beginning} dB`);
  assert.ok(largestStep(run.samples) < 1.5 * largestStep(spoken));
});

test("another lead in mid-speech changes nothing of the sound", async (t) => {
  const { gateway, page, join } = await open(t);
  await join();
  const utterance = gateway.speak({ samples: 2 * SECOND });
  await gateway.released(SECOND);
  gateway.announce({ t: "stream", lead_ms: 200, gen: 1 });
  await heardToItsEnd(page, utterance.id, 20_000);
  const { heard, lost, repeated } = account(await recordedRuns(page), 0, 2 * SECOND);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
  assert.ok(signalToNoise(voiced(2 * SECOND), heard) > 14);
});

test("a clear silences it, and what is said next is heard", async (t) => {
  const { gateway, page, join } = await open(t);
  await join();
  gateway.speak({ samples: 2 * SECOND });
  await gateway.released(SECOND);
  const cleared = gateway.clear();
  const { cut } = await gateway.reported(({ cut }) => cut);
  assert.ok(cut.pos <= cleared, `${cut.pos} of ${cleared}`);
  const next = gateway.speak({ samples: SECOND / 4 });
  await heardToItsEnd(page, next.id, 20_000);
  const { lost, repeated } = account(await recordedRuns(page), next.pos, next.samples);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
  const between = account(await recordedRuns(page), cut.pos, next.pos - cut.pos);
  assert.equal(between.lost, next.pos - cut.pos);
});

test("a line that is cut is resumed in the same decoder, and nobody hears it", async (t) => {
  const { gateway, page, join } = await open(t);
  await join();
  const utterance = gateway.speak({ samples: 2 * SECOND });
  await gateway.released(SECOND);
  gateway.cutOff();
  await heardToItsEnd(page, utterance.id, 20_000);
  const { heard, lost, repeated } = account(await recordedRuns(page), 0, 2 * SECOND);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
  assert.ok(signalToNoise(voiced(2 * SECOND), heard) > 14);
});

/** The same signal as the Java class Voiced, from which the golden file was made. */
function voiced(count) {
  const samples = new Int16Array(count);
  let phase = 0;
  for (let i = 0; i < count; i++) {
    const time = i / SECOND;
    phase += (2 * Math.PI * (140 + 30 * Math.sin(2 * Math.PI * 0.7 * time))) / SECOND;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * time));
    let voice = 0;
    for (let overtone = 1; overtone <= 20; overtone++) voice += Math.sin(overtone * phase + overtone ** 2) / overtone;
    samples[i] = Math.round(6_000 * syllable * voice);
  }
  return samples;
}

/** In decibels. @param {Int16Array} wanted @param {Int16Array} heard */
function signalToNoise(wanted, heard) {
  let signal = 0;
  let noise = 0;
  for (let i = 0; i < wanted.length; i++) {
    signal += wanted[i] ** 2;
    noise += (wanted[i] - heard[i]) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** By how many samples one is best moved to lie upon the other. @param {Int16Array} wanted @param {Int16Array} heard */
function bestLag(wanted, heard) {
  let best = 0;
  let most = -Infinity;
  for (let lag = -240; lag <= 240; lag++) {
    let sum = 0;
    for (let i = 240; i < wanted.length - 240; i++) sum += wanted[i] * heard[i + lag];
    if (sum > most) [most, best] = [sum, lag];
  }
  return best;
}

/** @param {Int16Array} samples */
function largestStep(samples) {
  let step = 0;
  for (let i = 1; i < samples.length; i++) step = Math.max(step, Math.abs(samples[i] - samples[i - 1]));
  return step;
}
