import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection } from "../player/connection.js";
import { FakeWorld } from "./fake-world.js";
import { encodeFrame } from "./wire.js";

const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 100, clock: "n1", report_ms: 1000, now: [] };
const HELLO = { client: { sdk: "test" }, formats: ["pcm_s16le/24000/1"], join: "live", sync: "off" };

/** Returns a connection in a fake world, and everything that it reported. */
function line({ token } = {}) {
  const world = new FakeWorld();
  const told = { states: [], frames: [], messages: [], faults: [] };
  const connection = new Connection(
    { url: "ws://test/listen", hello: HELLO },
    {
      onState: (state) => told.states.push(state),
      onWelcome: () => {},
      sink: () => ({ write: (frame, _buffer, replayed) => told.frames.push({ seq: frame.seq, replayed }) }),
      onFrame: () => {},
      onMessage: (message) => told.messages.push(message.t),
      onFault: (what) => told.faults.push(what),
      onClock: () => {},
    },
    world,
  );
  connection.open(token);
  const welcome = (more = {}) => {
    world.socket.accept();
    world.socket.say({ ...WELCOME, ...more });
  };
  const entry = (seq) => world.socket.say(encodeFrame({ seq, samples: [1] }));
  return { world, connection, told, welcome, entry };
}

test("greets with its subprotocol, its token beside it, and no resume the first time", () => {
  const { world, welcome } = line({ token: "s3cret" });
  welcome();
  assert.deepEqual(world.socket.protocols, ["stentor.v1", "bearer.s3cret"]);
  assert.deepEqual(world.socket.sent[0], { t: "hello", v: 1, ...HELLO });
});

test("resumes after the last entry, text or binary, when the network was lost", () => {
  const { world, told, welcome, entry } = line();
  welcome();
  entry(101);
  world.socket.say({ t: "caption", seq: 102, id: "u1", pos: 0, text: "Hello" });
  world.socket.end(1006);
  assert.deepEqual(told.states.at(-1), { phase: "waiting", attempt: 1, retryInMs: 150, code: 1006, reason: "" });
  world.pass(149);
  assert.equal(world.sockets.length, 1);
  world.pass(1);
  world.socket.accept();
  assert.deepEqual(world.socket.sent[0].resume, { epoch: 17, seq: 102, pos: 1 });
  world.socket.say({ ...WELCOME, resume: { status: "ok", from_seq: 103, missing_ms: 0 } });
  world.socket.say({ t: "replay", from_seq: 103, to_seq: 104, play_from_pos: 0 });
  for (const seq of [103, 104, 105]) entry(seq);
  assert.deepEqual(told.frames.slice(1), [
    { seq: 103, replayed: true },
    { seq: 104, replayed: true },
    { seq: 105, replayed: false },
  ]);
  assert.deepEqual(told.faults, []);
});

test("frames for the decoder that a resume brings before the next entry are in order, and the next resume goes on behind them", () => {
  const { world, told, welcome, entry } = line();
  welcome();
  for (let seq = 101; seq < 108; seq++) entry(seq);
  world.socket.end(1006);
  world.pass(150);
  world.socket.accept();
  world.socket.say({ ...WELCOME, resume: { status: "ok", from_seq: 108, missing_ms: 0 } });
  world.socket.say({ t: "replay", from_seq: 104, to_seq: 107, play_from_pos: 0 });
  for (let seq = 104; seq < 108; seq++) entry(seq);
  assert.deepEqual(told.faults, []);
  assert.ok(told.frames.slice(-4).every(({ replayed }) => replayed));
  world.socket.end(1006);
  world.pass(1000);
  world.socket.accept();
  assert.equal(world.socket.sent[0].resume.seq, 107);
});

test("a listener of a silent channel resumes from where it came in", () => {
  const { world, welcome } = line();
  welcome();
  world.socket.end(4000);
  world.pass(1000);
  world.socket.accept();
  assert.deepEqual(world.socket.sent[0].resume, { epoch: 17, seq: 100 });
});

test("a resume that leaves out an entry is a fault", () => {
  const { world, told, welcome, entry } = line();
  welcome();
  entry(101);
  world.socket.end(1006);
  world.pass(150);
  welcome({ resume: { status: "ok", from_seq: 102, missing_ms: 0 } });
  entry(103);
  assert.equal(told.faults.length, 1);
});

test("every jump that is not told is a fault; the count goes on", () => {
  const { told, welcome, entry } = line();
  welcome();
  for (const seq of [200, 201, 203, 204, 204, 205]) entry(seq);
  assert.equal(told.faults.length, 2);
  assert.deepEqual(
    told.frames.map(({ seq }) => seq),
    [200, 201, 203, 204, 205],
  );
});

test("gap, clear and stream tell their jumps", () => {
  const { world, told, welcome, entry } = line();
  welcome();
  entry(101);
  world.socket.say({ t: "gap", from_seq: 102, to_seq: 149, from_pos: 0, to_pos: 480, ms: 20, cause: "slow" });
  entry(150);
  world.socket.say({ t: "clear", seq: 160, gen: 2, pos: 0, next_seq: 161 });
  entry(161);
  world.socket.say({ t: "stream", seq: 170, epoch: 18, lead_ms: 100 });
  entry(171);
  assert.deepEqual(told.faults, []);
  assert.deepEqual(told.messages, ["gap", "clear", "stream"]);
  world.socket.end(1006);
  world.pass(150);
  world.socket.accept();
  assert.deepEqual(world.socket.sent[0].resume, { epoch: 18, seq: 171, pos: 1 });
});

test("what it cannot read is a fault, what it does not know is none", () => {
  const { world, told, welcome } = line();
  welcome();
  world.socket.onmessage({ data: "{" });
  world.socket.say(new ArrayBuffer(5));
  world.socket.say({ t: "confetti", colour: "red" });
  assert.equal(told.faults.length, 2);
});

test("comes back fresh where the epoch was lost, or the server says so", () => {
  for (const [bye, code] of [
    [null, 4200],
    [{ t: "bye", reason: "moved", resume: false }, 4000],
  ]) {
    const { world, welcome, entry } = line();
    welcome();
    entry(101);
    if (bye) world.socket.say(bye);
    world.socket.end(code);
    world.pass(1000);
    world.socket.accept();
    assert.equal(world.socket.sent[0].resume, undefined);
  }
});

test("does not come back when it is refused", () => {
  const { world, told, welcome } = line();
  welcome();
  world.socket.end(4403, "no");
  world.pass(3_600_000);
  assert.equal(world.sockets.length, 1);
  assert.deepEqual(told.states.at(-1), { phase: "refused", code: 4403, reason: "no" });
});

test("does not come back when its handshake is refused by a close", () => {
  for (const code of [4400, 4401, 4403, 4404]) {
    const { world, told } = line();
    world.socket.end(code, "no");
    world.pass(3_600_000);
    assert.equal(world.sockets.length, 1);
    assert.deepEqual(told.states.at(-1), { phase: "refused", code, reason: "no" });
  }
});

test("comes back later where there is too much to do, or too many came", () => {
  for (const code of [4429, 4503]) {
    const { world, told } = line();
    world.socket.end(code, "too many");
    const { phase, retryInMs, reason } = told.states.at(-1);
    assert.deepEqual([phase, reason], ["waiting", "too many"]);
    assert.ok(retryInMs >= 900, `after ${retryInMs} ms already`);
    world.pass(retryInMs);
    assert.equal(world.sockets.length, 2);
  }
});

test("comes back when the server asked it to", () => {
  const { world, told, welcome } = line();
  welcome();
  world.socket.say({ t: "bye", reason: "drain", reconnect_after_ms: 777, resume: true });
  world.socket.end(4000);
  assert.equal(told.states.at(-1).retryInMs, 777);
});

test("waits longer each time, and starts anew after a connection that held", () => {
  const { world, told, welcome } = line();
  const waits = [];
  for (let i = 0; i < 4; i++) {
    world.socket.end(1006);
    waits.push(told.states.at(-1).retryInMs);
    world.pass(waits.at(-1));
  }
  assert.deepEqual(waits, [150, 240, 384, 614]);
  welcome();
  world.pass(5_000);
  world.socket.end(1006);
  assert.equal(told.states.at(-1).retryInMs, 150);
});

test("a line that is cut every 3 s is tried again at once each time", () => {
  const { world, told, welcome } = line();
  for (let i = 0; i < 10; i++) {
    welcome(i === 0 ? {} : { resume: { status: "ok", from_seq: 101, missing_ms: 0 } });
    world.pass(2_800);
    world.socket.end(1006);
    assert.equal(told.states.at(-1).retryInMs, 150, `cut ${i + 1}`);
    world.pass(150);
  }
});

test("a server that falls silent is dead after 15 s, one that answers is not", () => {
  const { world, told, welcome } = line();
  welcome();
  for (let i = 0; i < 10; i++) {
    world.pass(5_000);
    const { t0 } = world.socket.of("time").at(-1);
    world.socket.say({ t: "time", t0, t1: 0, t2: 0 });
  }
  assert.equal(world.sockets.length, 1);
  world.pass(15_000);
  assert.equal(told.states.at(-1).phase, "waiting");
  assert.equal(world.sockets[0].closedWith, 1000);
});

test("who left for good comes back as a new listener", () => {
  const { world, connection, welcome } = line();
  welcome();
  connection.close();
  assert.deepEqual(world.socket.sent.at(-1), { t: "bye" });
  world.pass(60_000);
  assert.equal(world.sockets.length, 1);
  connection.open();
  world.socket.accept();
  assert.equal(world.socket.sent[0].resume, undefined);
});

test("learns the server's clock by probes, anew when it is another clock", () => {
  const { world, connection, welcome } = line();
  welcome();
  const { t0 } = world.socket.of("time")[0];
  world.pass(10);
  world.socket.say({ t: "time", t0, t1: 1_005_000, t2: 1_005_000 });
  assert.equal(connection.clock.offsetUs, 1_000_000);
  assert.equal(connection.clock.rttUs, 10_000);
  world.pass(1_000);
  assert.equal(world.socket.of("time").length, 8);
  world.socket.end(1006);
  world.pass(150);
  welcome({ clock: "n2" });
  assert.equal(connection.clock.offsetUs, undefined);
});

test("tries again at once when asked", () => {
  const { world, connection } = line();
  world.socket.end(1006);
  connection.open();
  assert.equal(world.sockets.length, 2);
  world.pass(10_000);
  assert.equal(world.sockets.length, 2);
});
