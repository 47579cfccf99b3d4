// Lets a running gateway speak over a bed, beside a source that comes late at random, while a page listens. Measures the player's output:
// lost or repeated samples, drift, clicks, and how much quieter the bed becomes.
//
//   node test/browser/mix-script.mjs GATEWAY_URL=http://127.0.0.1:8080 OUT=target/mix LATE_PORT=9000 TEXT=… [SECONDS=20] [SEED=1]
//
// The gateway must allow streams from http://127.0.0.1:<LATE_PORT>/ and that host in private networks. OUT receives result.json. Ends with 0
// only if every check passed.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { WebSocket } from "ws";
import { seeded } from "../random.js";
import { AUTOPLAY, launch } from "./browser.js";
import { serveLate, toneWav } from "./late-source.js";
import { account, heardToItsEnd, playExactly, recordedRuns, startRecording } from "./recording.js";

const RATE = 24_000;
/** A frequency below every voice. */
const BED_HZ = 60;
const BED_AMPLITUDE = 0.15;
const LATE_HZ = 330;
const LATE_AMPLITUDE = 0.02;
const DEPTH_DB = -12;
/** Time that the bed needs to become quiet or loud again, with some reserve. */
const SETTLED = RATE * 0.3;
const RISEN = RATE * 1.4;
const PAUSE_MS = 2500;
const CHANNEL = "mixed";

const settings = {
  SECONDS: "20",
  SEED: "1",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const { GATEWAY_URL, OUT, TEXT } = settings;
const seconds = Number(settings.SECONDS);
const base = `${GATEWAY_URL}/v1/channels/${CHANNEL}`;

mkdirSync(OUT, { recursive: true });
const late = await serveLate(Number(settings.LATE_PORT), LATE_HZ, LATE_AMPLITUDE, seeded(Number(settings.SEED)));
const browser = await launch([AUTOPLAY]);
try {
  const page = await browser.newPage();
  await playExactly(page);
  await page.goto(`${GATEWAY_URL}/?channel=${CHANNEL}`);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
  await startRecording(page);
  await setUp();
  const frames = listen();
  const spoken = await speakFor(page, seconds);
  // Read before the recording is fetched, because that blocks the page, and the player with it.
  const player = await page.evaluate(() => window.stentor.stats);
  const result = { ...frames.figures(), late: await lateSource(), player };
  Object.assign(result, measured(await recordedRuns(page), spoken));
  writeFileSync(path.join(OUT, "result.json"), `${JSON.stringify(result, null, 2)}\n`);
  check(result);
} finally {
  await browser.close();
  late.close();
}

/** Turns off the loudness correction, so that the gains are those of the requests. */
async function setUp() {
  const wav = toneWav(BED_HZ, BED_AMPLITUDE, 10 * RATE);
  const upload = await fetch(`${GATEWAY_URL}/v1/sounds/tone.wav`, { method: "PUT", body: wav });
  assert.equal(upload.status, 201, await upload.text());
  const duck = { depth_db: DEPTH_DB, attack_ms: 100, hold_ms: 400, release_ms: 600 };
  await ask("PATCH", "/mix", { loudness: false, duck });
  await ask("PUT", "/sources/bed", { kind: "bed", sound: "tone.wav", fade_ms: 200 });
  await ask("PUT", "/sources/late", { kind: "bed", url: `${late.url}/late.wav`, ducks: false, live: true });
}

async function ask(method, where, body) {
  const response = await fetch(base + where, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

/** Speaks one utterance after the other, with pauses in which the bed becomes loud again. */
async function speakFor(page, length) {
  const spoken = [];
  const until = performance.now() + length * 1000;
  await page.waitForTimeout(PAUSE_MS);
  while (performance.now() < until || spoken.length < 3) {
    const { id } = await ask("POST", "/utterances", { text: TEXT, voice: "Ethan" });
    spoken.push(await heardToItsEnd(page, id, 60_000));
    await page.waitForTimeout(PAUSE_MS);
  }
  return spoken;
}

/** A second listener, which compares each frame's due time with its position. */
function listen() {
  const socket = new WebSocket(`${base.replace("http", "ws")}/listen`, "stentor.v1");
  socket.binaryType = "arraybuffer";
  const seen = { frames: 0, holes: 0, firstPos: null, firstUs: 0, pos: 0, worstStampUs: 0, moved: -1 };
  socket.on("open", () => socket.send(JSON.stringify({ t: "hello", v: 1 })));
  socket.on("message", (data, isBinary) => {
    if (!isBinary) {
      if (JSON.parse(data.toString()).t === "timeline") seen.moved++;
      return;
    }
    const view = new DataView(data);
    const pos = Number(view.getBigUint64(8));
    const us = Number(view.getBigInt64(16));
    if (seen.firstPos === null) Object.assign(seen, { firstPos: pos, firstUs: us, pos });
    if (pos !== seen.pos) seen.holes++;
    const due = seen.firstUs + ((pos - seen.firstPos) / RATE) * 1e6;
    seen.worstStampUs = Math.max(seen.worstStampUs, Math.abs(us - due));
    seen.pos = pos + 480;
    seen.frames++;
  });
  return {
    figures() {
      socket.close();
      const { frames, holes, worstStampUs, moved } = seen;
      return {
        frames,
        holes,
        timelineMoved: Math.max(0, moved),
        driftSamples: Math.round((worstStampUs * RATE) / 1e6),
      };
    },
  };
}

function measured(runs, spoken) {
  const from = runs[0].pos;
  const last = runs.at(-1);
  const count = last.pos + last.samples.length - from;
  const { heard, lost, repeated } = account(runs, from, count);
  let step = 0;
  for (let i = 1; i < heard.length; i++) step = Math.max(step, Math.abs(heard[i] - heard[i - 1]) / 32768);
  const spans = spoken.map(({ pos, samples }) => [pos - from, pos - from + samples]);
  const under = spans.flatMap(([begin, end]) => levels(heard, begin + SETTLED, end));
  // The bed becomes quiet again as soon as the next text waits to be spoken, PAUSE_MS after the last one was heard.
  const gaps = spans.map(([, end]) => [end + RISEN, end + (PAUSE_MS * RATE) / 1000]);
  const beside = gaps.flatMap(([begin, end]) => levels(heard, begin, end));
  return {
    seconds: Math.round(count / RATE),
    utterances: spoken.length,
    lost,
    repeated,
    largestStep: step,
    bedDb: median(beside),
    underSpeechDb: median(under),
    duckedDb: median(under) - median(beside),
  };
}

/** Measures the bed's level in each half second of a span, with a window that suppresses the voices. */
function levels(samples, from, to) {
  const size = RATE / 2;
  const found = [];
  for (let at = Math.round(from); at + size <= to; at += size / 2) {
    let real = 0;
    let imaginary = 0;
    let weights = 0;
    for (let i = 0; i < size; i++) {
      const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size);
      const angle = (2 * Math.PI * BED_HZ * i) / RATE;
      real += weight * samples[at + i] * Math.cos(angle);
      imaginary += weight * samples[at + i] * Math.sin(angle);
      weights += weight;
    }
    found.push(20 * Math.log10((2 * Math.hypot(real, imaginary)) / weights / 32768));
  }
  return found;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function lateSource() {
  const { sources } = await (await fetch(`${base}/sources`)).json();
  const { state, shortages, skipped_ms: skippedMs, stream } = sources.find(({ name }) => name === "late");
  return { state, shortages, skippedMs, stream, heldUp: late.heldUp() };
}

function check(result) {
  const { lost, repeated, holes, driftSamples, timelineMoved, player, late: other } = result;
  assert.deepEqual(
    { lost, repeated, holes, driftSamples, timelineMoved },
    {
      lost: 0,
      repeated: 0,
      holes: 0,
      driftSamples: 0,
      timelineMoved: 0,
    },
  );
  if (process.env.STENTOR_QUIET_MACHINE) assert.equal(player.underruns, 0, "underruns");
  assert.ok(Math.abs(result.duckedDb - DEPTH_DB) <= 1, `ducked by ${result.duckedDb} dB`);
  assert.ok(Math.abs(result.bedDb - 20 * Math.log10(BED_AMPLITUDE)) <= 1, `the bed is at ${result.bedDb} dB`);
  // The largest step of the voice itself, which the caller knows for its text, and 1/120 of full scale for fades.
  const natural =
    Number(settings.LARGEST_STEP) + (2 * Math.PI * (BED_HZ * BED_AMPLITUDE + LATE_HZ * LATE_AMPLITUDE)) / RATE;
  assert.ok(result.largestStep <= natural + 1 / 120, `a step of ${result.largestStep}, natural are ${natural}`);
  assert.ok(other.heldUp > 0 && other.shortages > 0, "the late source was never late");
}
