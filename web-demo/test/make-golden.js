// Writes the golden files that the Java tests and the browser tests read. Run by hand after a change of the protocol: node test/make-golden.js
// (opus.json is written by the Java class GoldenOpus, which has an encoder.)

import { mkdirSync, writeFileSync } from "node:fs";
import { encodeFrame } from "./wire.js";

const FOLDER = new URL("../../src/test/resources/golden/", import.meta.url);

const speech = (count, from = 0) => Array.from({ length: count }, (_, i) => (((from + i) * 7919) % 65536) - 32768);
const padded = [...speech(360, 1440), ...Array(120).fill(0)];

const entries = [
  {
    name: "plain",
    type: 1,
    flags: 0,
    gen: 17,
    seq: 41872,
    pos: 2251200,
    ts_us: 918273645123,
    samples: speech(480, 480),
  },
  { name: "first", type: 1, flags: 1, gen: 17, seq: 41871, pos: 2250720, ts_us: 918273625123, samples: speech(480) },
  {
    name: "last, zero-padded",
    type: 1,
    flags: 2,
    gen: 17,
    seq: 41874,
    pos: 2252160,
    ts_us: 918273685123,
    samples: padded,
  },
  {
    name: "first and last",
    type: 1,
    flags: 3,
    gen: 0,
    seq: 0,
    pos: 0,
    ts_us: 0,
    samples: [0, 1, -1, 32767, -32768, 258, -259, 4660],
  },
  { name: "mixed", type: 1, flags: 32, gen: 18, seq: 41900, pos: 2260800, ts_us: 918274045123, samples: [-1, 0, 1, 2] },
  { name: "highest generation", type: 1, flags: 0, gen: 65535, seq: 7, pos: 480, ts_us: 20000, samples: [1, 2, 3, 4] },
  {
    name: "highest seq and pos",
    type: 1,
    flags: 0,
    gen: 256,
    seq: 4294967295,
    pos: 9007199254740511,
    ts_us: 9007199254740991,
    samples: [5, -6, 7, -8],
  },
  {
    name: "time before the clock's zero",
    type: 1,
    flags: 1,
    gen: 1,
    seq: 1,
    pos: 0,
    ts_us: -1500000,
    samples: [9, 10],
  },
  {
    name: "silence",
    type: 2,
    flags: 0,
    gen: 17,
    seq: 41880,
    pos: 2255040,
    ts_us: 918273805123,
    samples: [],
    count: 48000,
  },
].map(({ count, ...entry }) => {
  const message = encodeFrame({ ...entry, tsUs: entry.ts_us, count });
  const { name, ...fields } = entry;
  const hex = Buffer.from(message).toString("hex");
  return count === undefined ? { name, hex, ...fields } : { name, hex, ...fields, count };
});

const text = 'Good morning — the gates open at nine, said “Grüße” and "hello".';
const started = {
  t: "utterance.started",
  seq: 41870,
  id: "u52",
  gen: 17,
  pos: 2250720,
  text,
  voice: "Cherry",
  language: "English",
};
const caption = { t: "caption", seq: 41873, id: "u52", pos: 2251680, text: "Good morning", from: 0, to: 12, part: 1 };
const welcome = {
  t: "welcome",
  v: 1,
  conn: "c81",
  channel: "lobby",
  epoch: 17,
  head_seq: 41990,
  timeline_hz: 24000,
  clock: "n4f2",
  server_us: 918273645123,
  report_ms: 1000,
  limits: { lag_ms: 3000, policy: "skip" },
};

const messages = {
  welcome: { ...welcome, now: [started, { ...caption, parts: 3 }] },
  "welcome, resumed": { ...welcome, resume: { status: "ok", from_seq: 41873, missing_ms: 0 }, now: [] },
  stream: {
    t: "stream",
    codec: "pcm_s16le",
    rate: 24000,
    ch: 1,
    frame_ms: 20,
    lead_ms: 100,
    batch_ms: 20,
    preskip: 0,
    gen: 17,
  },
  "stream, opus": {
    t: "stream",
    codec: "opus",
    rate: 48000,
    ch: 1,
    frame_ms: 20,
    lead_ms: 100,
    batch_ms: 20,
    preskip: 312,
    gen: 17,
  },
  "utterance.started": started,
  "utterance.started, open": { ...started, open: true },
  "utterance.ended": { t: "utterance.ended", seq: 41875, id: "u52", pos: 2250720, samples: 1800, reason: "done" },
  caption: { ...caption, parts: 3 },
  "caption, open": caption,
  words: {
    t: "words",
    seq: 41874,
    id: "u52",
    pos: 2252280,
    words: [
      [0, 4, 0, 6600],
      [5, 12, 6600, 18000],
    ],
  },
  control: { t: "control", seq: 41878, volume: 0.5, muted: true },
  "control, for one": { t: "control", muted: false },
  timeline: { t: "timeline", seq: 41869, pos: 2250720, ts_us: 918273625123, group_delay_ms: 0 },
  "timeline, in step": { t: "timeline", seq: 41869, pos: 2250720, ts_us: 918273625123, group_delay_ms: 250 },
  clear: {
    t: "clear",
    seq: 41890,
    gen: 18,
    pos: 2256480,
    next_seq: 41891,
    scope: "all",
    drain_ms: 0,
    fade_ms: 5,
    continues: false,
    reason: "interrupt",
  },
  mark: { t: "mark", seq: 41874, id: "u52", mark: "gates", pos: 2252000, estimated: true },
  "stream, changed": { t: "stream", seq: 41891, lead_ms: 1000, batch_ms: 100, gen: 18, report_ms: 1000 },
  "stream, for a large audience": {
    t: "stream",
    seq: 41891,
    lead_ms: 1000,
    batch_ms: 100,
    gen: 18,
    report_ms: 1500,
    report_spread_ms: 750,
  },
  "clear, continued": {
    t: "clear",
    seq: 41891,
    gen: 19,
    pos: 2263680,
    next_seq: 41892,
    scope: "current",
    drain_ms: 40,
    fade_ms: 5,
    continues: true,
    from_pos: 2256480,
    reason: "cancel",
  },
  pause: { t: "pause", seq: 41876, pos: 2251440 },
  resume: { t: "resume", seq: 41877, pos: 2251440 },
  replay: { t: "replay", from_seq: 41873, to_seq: 41990, play_from_pos: 2251680 },
  gap: {
    t: "gap",
    from_seq: 41873,
    to_seq: 41989,
    from_pos: 2251680,
    to_pos: 2306880,
    ms: 2300,
    cause: "slow",
    now: [],
  },
  time: { t: "time", t0: 5000000, t1: 918273645123, t2: 918273645131 },
  levels: {
    t: "levels",
    changes: 3,
    peak_db: -9.1,
    rms_db: -15.5,
    sources: [
      { name: "speech", peak_db: -9.4, rms_db: -16.2 },
      { name: "music", peak_db: -24.5, rms_db: -30.1 },
    ],
  },
  error: { t: "error", code: "bad_message", message: 'The field "t" is missing.', fatal: false },
  "error, with a reference": {
    t: "error",
    ref: "r1",
    code: "forbidden",
    message: "t: Listeners may not do that here; see gateway.listen.control.",
    fatal: false,
  },
  said: { t: "said", ref: "r1", id: "u52" },
  say: { t: "say", ref: "r1", text: "Good morning", end: false, voice: "Cherry" },
  "report, in step": {
    t: "report",
    pos: 2251200,
    gen: 17,
    buffer_ms: 340,
    underruns: 0,
    state: "playing",
    sync_error_ms: -0.4,
  },
  interrupt: { t: "interrupt", ref: "r2", drain_ms: 60, fade_ms: 20 },
  bye: { t: "bye", reason: "drain", reconnect_after_ms: 400, resume: true },
};

mkdirSync(FOLDER, { recursive: true });
write("entries.json", entries);
write(
  "messages.json",
  Object.entries(messages).map(([name, json]) => ({ name, text: JSON.stringify(json), json })),
);

/** One entry a line, so that a change shows where it is. @param {string} name @param {object[]} rows */
function write(name, rows) {
  writeFileSync(new URL(name, FOLDER), `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
}
