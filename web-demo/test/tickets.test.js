import assert from "node:assert/strict";
import { test } from "node:test";
import { StentorPlayer } from "../player/player.js";
import { Tickets } from "../player/tickets.js";
import { FakeWorld } from "./fake-world.js";

const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 0, clock: "n1", report_ms: 1000, now: [] };
const HOUR = 3_600_000;
/** Lets what was promised happen. */
const settle = () => new Promise(setImmediate);
const lasting = (ticket, endsMs) => ({ ticket, use: "many", expires_at: new Date(endsMs).toISOString() });

/** Returns a player whose tickets come from the test, and the states that it told. */
async function listener(getTicket) {
  const world = new FakeWorld();
  const states = [];
  const player = new StentorPlayer({ url: "ws://test/listen", getTicket }, world);
  player.addEventListener("state", ({ detail }) => states.push(detail.line));
  player.connect();
  await settle();
  return { world, player, states };
}

test("each connect has a ticket of its own in its address", async () => {
  let made = 0;
  const { world } = await listener(async () => `stt_${++made}`);
  assert.equal(world.socket.url, "ws://test/listen?ticket=stt_1");
  world.socket.accept();
  world.socket.say(WELCOME);
  world.socket.end(1006);
  world.pass(150);
  await settle();
  assert.equal(world.socket.url, "ws://test/listen?ticket=stt_2");
  assert.deepEqual(world.socket.protocols, ["stentor.v1"]);
});

test("a ticket that could not be had is told as a state, and asked for again after longer and longer waits", async () => {
  let asked = 0;
  const { world, states } = await listener(() => {
    asked++;
    throw new Error("HTTP 503");
  });
  const waits = [];
  for (let i = 0; i < 3; i++) {
    const { phase, reason, retryInMs } = states.at(-1);
    assert.deepEqual([phase, reason], ["waiting", "no ticket: HTTP 503"]);
    waits.push(retryInMs);
    world.pass(retryInMs);
    await settle();
  }
  assert.deepEqual(waits, [150, 240, 384]);
  assert.equal(asked, 4);
  assert.equal(world.sockets.length, 0);
});

test("a ticket that never comes is a failed attempt after 15 s", async () => {
  const { world, states } = await listener(() => new Promise(() => {}));
  world.pass(14_999);
  await settle();
  assert.equal(states.at(-1).phase, "connecting");
  world.pass(1);
  await settle();
  assert.deepEqual(states.at(-1).reason, "no ticket: not answered in time");
});

test("who leaves while a ticket is asked for has left", async () => {
  let give;
  const { world, player } = await listener(() => new Promise((resolve) => (give = resolve)));
  player.close();
  give("stt_1");
  await settle();
  assert.equal(world.sockets.length, 0);
});

test("a ticket that the gateway refuses is replaced once, then the refusal is told", async () => {
  let made = 0;
  const { world, states } = await listener(async () => `stt_${++made}`);
  world.socket.end(4401, "A valid key is needed.");
  await settle();
  assert.equal(world.socket.url, "ws://test/listen?ticket=stt_2");
  assert.equal(states.at(-1).phase, "connecting");
  world.socket.end(4401, "A valid key is needed.");
  await settle();
  assert.deepEqual([states.at(-1).phase, states.at(-1).code, world.sockets.length], ["refused", 4401, 2]);
});

test("a ticket for many uses is renewed before it ends, and used again while nobody can give one", async () => {
  const world = new FakeWorld();
  let made = 0;
  let broken = false;
  const tickets = new Tickets(async () => {
    if (broken) throw new Error("HTTP 503");
    return lasting(`stt_${++made}`, world.now() + HOUR);
  }, world);
  assert.equal(await tickets.next(), "stt_1");
  world.pass(0.75 * HOUR);
  await settle();
  assert.equal(made, 2);
  broken = true;
  world.pass(0.5 * HOUR);
  assert.equal(await tickets.next(), "stt_2");
  await assert.rejects(
    (async () => {
      world.pass(0.5 * HOUR);
      return tickets.next();
    })(),
    /no ticket: HTTP 503/,
  );
});

test("a ticket for one use is never used again", async () => {
  const world = new FakeWorld();
  let broken = false;
  const tickets = new Tickets(async () => {
    if (broken) throw new Error("away");
    return { ticket: "stt_1", use: "once", expires_at: new Date(30_000).toISOString() };
  }, world);
  await tickets.next();
  broken = true;
  await assert.rejects(tickets.next(), /no ticket: away/);
  broken = false;
  await assert.rejects(new Tickets(async () => ({}), world).next(), /no ticket: the answer has none/);
});
