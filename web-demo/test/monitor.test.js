import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { History } from "../monitor/history.js";
import { ListenerSummary } from "../monitor/listeners.js";
import { Poll } from "../monitor/poll.js";
import { SpectrumStream, WINDOW, spectrum } from "../monitor/spectrum.js";
import { failureInWords, statusInWords } from "../monitor/words.js";
import { FakeWorld } from "./fake-world.js";

/** A poll in virtual time, whose answers the test gives. */
function poll() {
  const world = Object.assign(new FakeWorld(), { hidden: false, isHidden: () => world.hidden });
  const asked = [];
  const ask = () => new Promise((resolve, reject) => asked.push({ resolve, reject }));
  const made = new Poll(ask, 2_000, world);
  /** Answers the open question, and lets its consequences happen. */
  const answer = async (ok = true) => {
    asked.at(-1)[ok ? "resolve" : "reject"](ok ? undefined : new Error("no"));
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { world, asked, poll: made, answer };
}

test("asks one question at a time, each so long after the last answer", async () => {
  const { world, asked, poll: looks, answer } = poll();
  looks.start();
  world.pass(60_000);
  assert.equal(asked.length, 1, "a gateway that is slow to answer is not asked again meanwhile");
  await answer();
  world.pass(1_999);
  assert.equal(asked.length, 1);
  world.pass(1);
  assert.equal(asked.length, 2);
  looks.now();
  looks.now();
  assert.equal(asked.length, 2);
  await answer();
  assert.equal(asked.length, 3, "at once after the answer, and once only");
  await answer();
  looks.stop();
  world.pass(60_000);
  assert.equal(asked.length, 3);
});

test("asks more rarely while it fails, and as before once it is answered", async () => {
  const { world, asked, poll: looks, answer } = poll();
  looks.start();
  await answer(false);
  world.pass(3_999);
  assert.equal(asked.length, 1);
  world.pass(1);
  assert.equal(asked.length, 2);
  for (let i = 0; i < 10; i++) {
    await answer(false);
    world.pass(30_000);
  }
  assert.equal(asked.length, 12);
  await answer();
  world.pass(2_000);
  assert.equal(asked.length, 13);
});

test("asks nothing while nobody sees the page", async () => {
  const { world, asked, poll: looks, answer } = poll();
  looks.start();
  await answer();
  world.hidden = true;
  world.pass(600_000);
  assert.equal(asked.length, 1);
  world.hidden = false;
  looks.now();
  assert.equal(asked.length, 2);
});

test("sums up the listeners: the worst, the median, and what went wrong since the last look", () => {
  const summary = new ListenerSummary();
  const listener = (conn, more) => ({ conn, gaps: 0, skipped_ms: 0, lag_ms: 100, ...more });
  const first = summary.of([
    listener("a", { lag_ms: 900, state: "playing", buffer_ms: 40, underruns: 3 }),
    listener("b", { state: "playing", buffer_ms: 120, underruns: 0, sync_error_ms: -2.5 }),
    listener("c", { lag_ms: 300, state: "locked", buffer_ms: 0 }),
    listener("d", { lag_ms: 500 }),
  ]);
  assert.deepEqual(first, {
    worstLagMs: 900,
    usualLagMs: 400,
    leastBufferMs: 40,
    usualBufferMs: 80,
    syncErrorMs: 2.5,
    troubles: 0,
  });
  const second = summary.of([
    listener("a", { underruns: 5, gaps: 1 }),
    listener("b", { underruns: 0 }),
    listener("new", { underruns: 7, gaps: 2 }),
  ]);
  assert.equal(second.troubles, 3, "of those who were there before");
  assert.deepEqual(
    [second.leastBufferMs, second.usualBufferMs, second.syncErrorMs],
    [null, null, null],
    "nobody plays, and nobody tells",
  );
  assert.equal(summary.of([listener("a", { underruns: 0 })]).troubles, 0, "a player that began anew took nothing back");
  assert.equal(summary.of([]).worstLagMs, null);
});

test("keeps a bounded past", () => {
  const history = new History(2, 3);
  for (let i = 0; i < 1_000; i++) history.add(i, [i * 2, null]);
  assert.deepEqual(history.columns, [
    [997, 998, 999],
    [1994, 1996, 1998],
    [null, null, null],
  ]);
  history.clear();
  assert.equal(history.length, 0);
});

test("a full-scale tone stands at its place with 0 dB, and silence nowhere", () => {
  const place = 100;
  const tone = Float64Array.from({ length: WINDOW }, (_, i) => Math.sin((2 * Math.PI * place * i) / WINDOW));
  const levels = spectrum(tone);
  assert.equal(levels.indexOf(Math.max(...levels)), place);
  assert.ok(Math.abs(levels[place]) < 0.01, `${levels[place]} dB`);
  assert.ok(levels.every((level, i) => Math.abs(i - place) <= 1 || level < -100));
  assert.ok(spectrum(new Float64Array(WINDOW)).every((level) => level === -120));
});

test("the spectra of a stream are the same, however the samples are cut", () => {
  const samples = Int16Array.from({ length: 5 * WINDOW }, (_, i) => ((i * 7919) % 65536) - 32768);
  const whole = [];
  new SpectrumStream((levels) => whole.push(levels)).add(samples);
  const cut = [];
  const stream = new SpectrumStream((levels) => cut.push(levels));
  for (let i = 0; i < samples.length; i += 128) stream.add(samples.subarray(i, i + 128));
  assert.equal(whole.length, 9);
  assert.deepEqual(cut, whole);
});

test("says what the gateway does, or why it does not tell", () => {
  assert.equal(statusInWords([{ listeners: 1 }]).words, "1 channel, 1 listener");
  assert.equal(statusInWords([{ listeners: 4 }, { listeners: 0 }]).words, "2 channels, 4 listeners");
  assert.match(failureInWords({ status: 401 }).words, /needs a key/);
  assert.match(failureInWords({ status: 403 }).words, /may not manage/);
  assert.equal(
    failureInWords({ status: 404, message: "There is no such listener." }).words,
    "There is no such listener.",
  );
  assert.match(failureInWords(new TypeError("fetch failed")).words, /does not answer/);
});

/** SHA-256 of the files of others, as their release has them. */
const RELEASED = {
  "uPlot.esm.js": "5dd9b3281aa64b461b42d9945f6adb2649d346502b12281a9ae0d46599a80eba",
  "uPlot.min.css": "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
  "uPlot.esm.d.ts": "af44374f6e808be4f7f3fa5888b9c7574dca9f8a15a66d54b6763535802c8080",
  LICENSE: "8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd",
};

test("the files of others are those of their release, and their licence is with ours", () => {
  const folder = new URL("../vendor/uplot/", import.meta.url);
  for (const [name, sum] of Object.entries(RELEASED)) {
    assert.equal(
      createHash("sha256")
        .update(readFileSync(new URL(name, folder)))
        .digest("hex"),
      sum,
      name,
    );
  }
  const ours = readFileSync(new URL("../../licenses/uplot.txt", import.meta.url), "utf8");
  assert.equal(ours, readFileSync(new URL("LICENSE", folder), "utf8"));
});
