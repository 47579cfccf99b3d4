import assert from "node:assert/strict";
import { test } from "node:test";
import { Line } from "../player/line.js";
import { FakeWorld } from "./fake-world.js";
import { encodeFrame } from "./wire.js";

const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 0, clock: "n1", report_ms: 1000, now: [] };
const STREAM = { t: "stream", codec: "pcm_s16le", lead_ms: 100, batch_ms: 20, gen: 1 };

/** Returns an open line whose audio thread keeps what it is told, and everything that the line tells. */
function line({ url = "ws://test/listen", connected = true } = {}) {
  const world = new FakeWorld();
  const told = [];
  const heard = [];
  const one = new Line({ url, hello: {}, limits: {} }, (event) => told.push(event), world);
  const port = { postMessage: (message) => heard.push(message), close() {} };
  one.receive({ t: "open" });
  if (connected) one.receive({ t: "output", port });
  const welcome = (more = {}) => {
    world.socket.accept();
    world.socket.say({ ...WELCOME, ...more });
    world.socket.say(STREAM);
    heard.length = 0;
  };
  return { world, told, heard, port, welcome, line: one };
}

const kinds = (messages) => messages.map(({ t }) => t);

test("what happens to the sound reaches the audio thread in the order of arrival", () => {
  const { world, heard, welcome } = line();
  welcome();
  world.socket.say(encodeFrame({ seq: 1, pos: 0, samples: [1, 2] }));
  world.socket.say({ t: "pause", seq: 2, pos: 2 });
  world.socket.say({ t: "resume", seq: 3, pos: 2 });
  world.socket.say({ t: "clear", seq: 4, gen: 2, pos: 2, next_seq: 5, drain_ms: 40, fade_ms: 10 });
  world.socket.say(encodeFrame({ seq: 5, gen: 2, pos: 2, samples: [3] }));
  world.socket.say({ t: "utterance.ended", seq: 6, id: "u1", pos: 2, samples: 1, reason: "done" });
  world.socket.say({ t: "gap", from_seq: 7, to_seq: 9, ms: 20, now: [{ t: "pause", seq: 9, pos: 3 }] });
  assert.deepEqual(kinds(heard), ["frame", "hold", "resume", "clear", "frame", "end", "end", "hold"]);
  const { gen, drainMs, fadeMs } = heard.find(({ t }) => t === "clear");
  assert.deepEqual([gen, drainMs, fadeMs], [2, 40, 10]);
});

test("a pause that is over after a reconnect is over, and another life of the channel begins anew", () => {
  const { world, heard, welcome } = line();
  welcome();
  world.socket.end(1006);
  world.pass(150);
  world.socket.accept();
  world.socket.say({ ...WELCOME, resume: { status: "ok", from_seq: 1, missing_ms: 0 } });
  assert.deepEqual(kinds(heard), ["resume"]);
  heard.length = 0;
  world.socket.end(1006);
  world.pass(1000);
  world.socket.accept();
  world.socket.say({ ...WELCOME, epoch: 18, resume: { status: "fresh", from_seq: 0, missing_ms: 0 } });
  assert.deepEqual(kinds(heard), ["reset", "epoch", "resume"]);
  assert.equal(heard[1].epoch, 18);
});

test("tells of each frame without its sound, and whether the audio thread gets it", () => {
  const { world, told, welcome, line: one, port } = line({ connected: false });
  welcome();
  world.socket.say(encodeFrame({ seq: 1, pos: 480, flags: 2, tsUs: 7000, samples: [1, 2] }));
  const notice = { t: "frame", pos: 480, gen: 0, tsUs: 7000, count: 2, flags: 2, delivered: false, unheard: 2 };
  assert.deepEqual(told.at(-1), notice);
  one.receive({ t: "output", port });
  world.socket.say(encodeFrame({ seq: 2, pos: 482, samples: [1] }));
  assert.deepEqual([told.at(-1).delivered, told.at(-1).unheard], [true, 2]);
});

test("tells how much is buffered, more after a stall, and to the audio thread first of all", () => {
  const { heard, told, welcome, line: one } = line();
  assert.deepEqual(kinds(heard), ["target"]);
  welcome();
  const before = told.findLast(({ t }) => t === "target").targetMs;
  one.receive({ t: "stalled", ms: 400 });
  assert.ok(told.at(-1).targetMs > before);
  assert.equal(heard.at(-1).targetMs, told.at(-1).targetMs);
});

test("asks for its address before each attempt if it has none, and tells why it got none", async () => {
  const { world, told, line: one } = line({ url: null, connected: false });
  assert.deepEqual(told.at(-1), { t: "address" });
  one.receive({ t: "address", failure: "no ticket" });
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(told.at(-1).state, { phase: "waiting", attempt: 1, retryInMs: 150, reason: "no ticket" });
  world.pass(150);
  assert.deepEqual(told.at(-1), { t: "address" });
  one.receive({ t: "address", url: "ws://test/listen?ticket=stt_1" });
  await Promise.resolve();
  assert.equal(world.socket.url, "ws://test/listen?ticket=stt_1");
});

test("an address that comes after the line was closed opens nothing", async () => {
  const { world, line: one } = line({ url: null });
  one.receive({ t: "close" });
  one.receive({ t: "address", url: "ws://test/listen" });
  await Promise.resolve();
  assert.equal(world.sockets.length, 0);
});
