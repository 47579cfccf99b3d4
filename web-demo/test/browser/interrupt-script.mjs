// Interrupts and holds a running gateway's channel while a page listens, and checks every sample that leaves the player's audio node.
//
//   node test/browser/interrupt-script.mjs GATEWAY_URL=http://127.0.0.1:8080 OUT=target/interrupt FIRST=… FIRST_PCM=file
//        SECOND=… SECOND_PCM=file HELD=… HELD_PCM=file VOICE=Ethan [TIMEOUT_MS=60000]
//
// The files have the engine's sound of the texts (s16le, 24 kHz, mono). FIRST is interrupted, and must last four seconds or more. SECOND is
// spoken next. HELD is paused after a second, and must last three seconds or more. OUT receives result.json. Ends with 0 only if every
// check passed.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launch } from "./browser.js";
import { follow, rawOutput, recordRawOutput, whereSpoken } from "./raw-output.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const SECOND = 24_000;
const QUANTUM = 128;
/** 5 ms: the fade of a clear, and the ramp from or to silence. */
const FADE = 120;

const settings = {
  TIMEOUT_MS: "60000",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const timeout = Number(settings.TIMEOUT_MS);
const { GATEWAY_URL, OUT, VOICE } = settings;
const first = { text: settings.FIRST, pcm: samplesOf(settings.FIRST_PCM) };
const second = { text: settings.SECOND, pcm: samplesOf(settings.SECOND_PCM) };
const third = { text: settings.HELD, pcm: samplesOf(settings.HELD_PCM) };

mkdirSync(OUT, { recursive: true });
const browser = await launch();
try {
  const context = await browser.newContext({ bypassCSP: true });
  context.setDefaultTimeout(timeout);
  await recordRawOutput(context);
  const result = { interrupted: await interrupted(context, [0.7, 1.6, 2.9]), held: await held(context) };
  writeFileSync(path.join(OUT, "result.json"), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
}

/** For each number of seconds: clears the channel after so much of the first text, and then speaks the second text. */
async function interrupted(context, moments) {
  const page = await join(context, "interrupted");
  const rounds = [];
  for (const seconds of moments) {
    const { id } = await speak(page, first.text);
    await heardUpTo(page, id, seconds);
    const cleared = await control(page, "clear?wait_ms=500");
    const next = await speak(page, second.text);
    await heardToItsEnd(page, next.id, timeout);
    rounds.push({ seconds, cleared });
  }
  const { samples, marks } = await rawOutput(page);
  const clears = marks.filter(({ what }) => what === "clear");
  assert.equal(clears.length, rounds.length);
  let at = 0;
  const figures = rounds.map(({ seconds, cleared }, round) => {
    const told = clears[round].frame;
    const old = follow(samples, whereSpoken(samples, at, first.pcm), first.pcm, told + 2 * QUANTUM);
    assert.ok(old.count >= seconds * SECOND && old.count < first.pcm.length - SECOND / 2, `heard ${old.count} samples`);
    const begins = whereSpoken(samples, told, second.pcm);
    assert.ok(begins > told, `round ${round}: the next utterance does not begin with its first sample`);
    const last = lastSound(samples, old.end, begins - FADE);
    assert.ok(last < told + QUANTUM + FADE, `round ${round}: sound until ${last - told} samples after the clear`);
    const fresh = follow(samples, begins, second.pcm, samples.length);
    assert.equal(fresh.count, second.pcm.length, `round ${round}: the next utterance is whole`);
    at = fresh.end;

    const [utterance] = cleared.body.utterances;
    const [listener] = utterance.listeners;
    assert.equal(utterance.state, "cleared");
    assert.equal(listener.reported, true);
    const more = listener.samples - old.count;
    assert.ok(more >= 0 && more <= FADE, `said to have heard ${listener.samples}, heard ${old.count} and a fade`);
    return {
      heardSamples: old.count,
      reportedSamples: listener.samples,
      estimatedSamples: utterance.heard.samples,
      askedToToldMs: round2(clears[round].atMs - cleared.sentMs),
      askedToAnsweredMs: round2(cleared.answeredMs - cleared.sentMs),
      toldToSilentSamples: Math.max(0, last + 1 - told),
      silentToNextMs: round2((begins - Math.max(last, told)) / 24),
      underruns: old.breaks.length + fresh.breaks.length,
    };
  });
  await assertNoFault(page);
  return figures;
}

/** Pauses for a second in the middle of a sentence. */
async function held(context) {
  const page = await join(context, "held");
  const { id } = await speak(page, third.text);
  await heardUpTo(page, id, 1);
  // The greeting has the player resume, before the recorder listens or after.
  const before = await page.evaluate(() => window.rawOutput.marks.length);
  const paused = await control(page, "pause");
  const blocks = await page.evaluate(() => window.rawOutput.blocks.length);
  await page.waitForFunction(
    (wanted) => window.rawOutput.blocks.length >= wanted,
    blocks + Math.ceil(SECOND / QUANTUM),
  );
  const resumed = await control(page, "resume");
  const ended = await heardToItsEnd(page, id, timeout);
  const { samples, marks: all, leaps } = await rawOutput(page);
  const marks = all.slice(before);
  assert.deepEqual(
    marks.map(({ what }) => what),
    ["hold", "resume"],
  );
  const [hold, resume] = marks.map(({ frame }) => frame);
  const whole = follow(samples, whereSpoken(samples, 0, third.pcm), third.pcm, samples.length);
  assert.equal(whole.count, third.pcm.length, `sample ${whole.count} did not follow`);
  const last = lastSound(samples, hold - QUANTUM, resume);
  assert.ok(last < hold + QUANTUM + FADE, `sound until ${last - hold} samples after the pause`);
  assert.ok(resume - last > SECOND, "a second of silence");
  const { lost, repeated } = account(await recordedRuns(page), ended.pos, ended.samples);
  assert.deepEqual({ lost, repeated, samples: ended.samples }, { lost: 0, repeated: 0, samples: third.pcm.length });
  await assertNoFault(page);
  const silent = whole.breaks.find(({ from: at }) => Math.abs(at - hold) < SECOND / 2);
  return {
    samples: whole.count,
    lost,
    repeated,
    askedToToldMs: round2(marks[0].atMs - paused.sentMs),
    resumeAskedToToldMs: round2(marks[1].atMs - resumed.sentMs),
    toldToSilentSamples: Math.max(0, last + 1 - hold),
    silentMs: round2((resume - last) / 24),
    goesOnAtSample: silent?.sample ?? null,
    underruns: whole.breaks.length - (silent ? 1 : 0),
    leapsOfTheClock: leaps,
  };
}

/** A page that listens to the channel. @param {import("playwright-core").BrowserContext} context @param {string} channel */
async function join(context, channel) {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`page: ${error.message}`));
  await page.goto(`${GATEWAY_URL}/?channel=${channel}`);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running" && window.rawOutput.blocks.length > 0;
  });
  await startRecording(page);
  return page;
}

/** @param {import("playwright-core").Page} page @param {string} text */
async function speak(page, text) {
  const { status, body } = await control(page, "utterances", { text, voice: VOICE });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

/** Waits until the output has played so much of an utterance. */
async function heardUpTo(page, id, seconds) {
  await page.waitForFunction(
    ([wanted, samples]) => {
      const start = window.stentorRecording.started.find((event) => event.id === wanted);
      return start && window.stentor.stats.pos >= start.pos + samples;
    },
    [id, seconds * SECOND],
    { polling: 10 },
  );
}

/** Sends a request about the page's channel to the gateway, through the page. */
async function control(page, what, body = {}) {
  return page.evaluate(
    async ([path, json]) => {
      const channel = new URLSearchParams(location.search).get("channel");
      const sentMs = performance.now();
      const response = await fetch(`/v1/channels/${channel}/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: json,
      });
      const answer = await response.json();
      return { status: response.status, body: answer, sentMs, answeredMs: performance.now() };
    },
    [what, JSON.stringify(body)],
  );
}

async function assertNoFault(page) {
  const { faults, gaps, lost, skipped, duplicates } = await page.evaluate(() => window.stentor.stats);
  const none = { faults: 0, gaps: 0, lost: 0, skipped: 0, duplicates: 0 };
  assert.deepEqual({ faults, gaps, lost, skipped, duplicates }, none);
}

/** Returns the position of the last sample between two positions that is not silent. */
function lastSound(samples, from, to) {
  for (let i = to - 1; i >= from; i--) if (Math.abs(samples[i]) > 0) return i;
  return from - 1;
}

function samplesOf(file) {
  const bytes = readFileSync(file);
  return Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
}

function round2(number) {
  return Math.round(number * 100) / 100;
}
