import assert from "node:assert/strict";
import { test } from "node:test";
import { Speaker } from "../player/speaker.js";
import { fakeAudio } from "./fake-audio.js";
import { FakeWorld } from "./fake-world.js";

/** Returns a speaker whose output runs, and what it told. */
async function speaker(t, { sinkId = "", page = {} } = {}) {
  const world = Object.assign(new FakeWorld(), { page });
  const audio = fakeAudio(t);
  const told = { outputs: 0, lost: [], stalls: [], ran: [], cuts: [] };
  const nothing = () => {};
  const one = new Speaker(
    {
      onState: nothing,
      onLevel: nothing,
      onCut: (cut) => told.cuts.push(cut),
      onTap: nothing,
      onReady: () => {
        const port = one.port();
        if (port) told.outputs++;
        port?.close();
      },
      onReplaced: (ms) => told.lost.push(ms),
      onStall: (ms) => told.stalls.push(ms),
    },
    { workletUrl: "https://page.example/worklet.js", sinkId },
    world,
  );
  await one.unlock();
  const arrived = (pos, gen = 1) =>
    one.arrived({ t: "frame", pos, gen, tsUs: 0, count: 480, flags: 0, delivered: true, unheard: 0 });
  const cue = (pos, name) => one.cue(pos, () => told.ran.push(name));
  t.after(() => one.close());
  return { world, audio, told, speaker: one, arrived, cue };
}

test("gives the port for sound once, however often it is unlocked", async (t) => {
  const { told, speaker: one } = await speaker(t);
  await one.unlock();
  assert.equal(told.outputs, 1);
  one.close();
  await one.unlock();
  assert.equal(told.outputs, 2, "a new output has a new port");
});

test("tells how long each stall was", async (t) => {
  const { audio, told } = await speaker(t);
  audio.node.report({ state: "stalled", counts: { stalled: 0 } });
  audio.node.report({ counts: { stalled: 2400 } });
  audio.node.report({ state: "stalled", counts: { stalled: 2400 } });
  audio.node.report({ counts: { stalled: 3600 } });
  assert.deepEqual(told.stalls, [100, 50]);
});

test("what a clear cancels is not told, even if the busy page learns of the clear after the silence", async (t) => {
  const { audio, told, speaker: one, arrived, cue } = await speaker(t);
  arrived(0);
  cue(480, "heard");
  cue(9600, "cancelled");
  audio.node.report({ pos: 0, time: 0 });
  audio.context.currentTime = 0.05;
  audio.node.report({ pos: 12_000, gen: 2, state: "idle", time: 0.05, cut: { gen: 1, pos: 1200 } });
  one.clear({ gen: 2 });
  arrived(12_000, 2);
  cue(12_000, "new");
  audio.node.report({ pos: 12_000, gen: 2, time: 0.06 });
  audio.context.currentTime = 0.2;
  audio.node.report({ pos: 14_400, gen: 2, time: 0.1 });
  assert.deepEqual(told.ran, ["heard", "new"]);
});

test("a report of the timeline before, which comes late, runs no cue of the new one", async (t) => {
  const { audio, told, speaker: one, arrived, cue } = await speaker(t);
  one.epoch = 17;
  arrived(480_000);
  audio.node.report({ pos: 480_000, time: 0, epoch: 17 });
  one.reset(18);
  arrived(0);
  cue(4_800, "new");
  audio.context.currentTime = 0.05;
  audio.node.report({ pos: 481_200, time: 0.05, epoch: 17, cut: { gen: 1, pos: 481_000 } });
  assert.deepEqual([told.ran, told.cuts], [[], []]);
  audio.node.report({ pos: 0, time: 0.06, epoch: 18 });
  audio.context.currentTime = 0.3;
  audio.node.report({ pos: 5_760, time: 0.3, epoch: 18 });
  assert.deepEqual(told.ran, ["new"]);
});

/** Lets what was promised happen. */
const settle = () => new Promise(setImmediate);

test("an interrupted output is left alone, and a suspended one is resumed at the next gesture", async (t) => {
  const document = new EventTarget();
  const { audio, speaker: one } = await speaker(t, { page: { document } });
  const { context } = audio;
  const { resumed } = context;
  context.become("interrupted");
  document.dispatchEvent(new Event("pointerup"));
  await one.unlock();
  assert.equal(context.resumed, resumed, "it would be in vain");
  assert.equal(one.audio, "suspended");
  context.become("suspended");
  assert.equal(context.resumed, resumed);
  document.dispatchEvent(new Event("pointerup"));
  assert.equal(context.resumed, resumed + 1);
  assert.equal(one.audio, "running");
  document.dispatchEvent(new Event("keydown"));
  assert.equal(context.resumed, resumed + 1, "once is enough");
});

/** Lets time pass in steps, in which the output's time moves too, or stands still. */
function pass(world, context, ms, { moves = true, stepMs = 250 } = {}) {
  for (let left = ms; left > 0; left -= stepMs) {
    if (moves) context.currentTime += stepMs / 1000;
    world.pass(stepMs);
  }
}

test("an output that runs and stands still for more than a second is replaced, and what it lost is told", async (t) => {
  const { world, audio, told, speaker: one, arrived } = await speaker(t);
  const old = audio.context;
  arrived(0);
  audio.node.report({ pos: 0, level: 2400 });
  pass(world, old, 5_000);
  pass(world, old, 1_000, { moves: false });
  assert.equal(audio.context, old);
  pass(world, old, 500, { moves: false });
  await settle();
  assert.notEqual(audio.context, old, "another one is started");
  assert.deepEqual([told.lost, told.outputs, old.state], [[], 1, "running"], "which does not move either yet");
  pass(world, audio.context, 1_000);
  await settle();
  assert.deepEqual([told.lost, told.outputs, old.state], [[], 1, "running"], "and then not for long enough");
  pass(world, audio.context, 250);
  await settle();
  assert.deepEqual([told.lost, told.outputs, old.state], [[100], 2, "closed"]);
  assert.equal(one.audio, "running");
  pass(world, audio.context, 5_000);
  assert.equal(told.outputs, 2);
});

test("an output that a busy machine lets stand still loses no sound: it goes on as soon as another one would", async (t) => {
  const { world, audio, told, arrived } = await speaker(t);
  const old = audio.context;
  arrived(0);
  audio.node.report({ pos: 0, level: 2400 });
  pass(world, old, 3_000, { moves: false });
  await settle();
  const other = audio.context;
  assert.notEqual(other, old);
  pass(world, other, 750);
  pass(world, old, 250);
  await settle();
  assert.deepEqual([told.lost, told.outputs], [[], 1]);
  assert.deepEqual([old.state, other.state], ["running", "closed"]);
  pass(world, old, 5_000);
  assert.equal(audio.contexts.length, 2);
});

test("an output that stands still is replaced at last also by one that waits for a gesture, and then unlocked", async (t) => {
  const { world, audio, told, speaker: one } = await speaker(t);
  const old = audio.context;
  pass(world, old, 500);
  audio.allowed = false;
  pass(world, old, 5_000, { moves: false });
  await settle();
  assert.deepEqual([told.lost.length, audio.context.state, one.audio], [0, "suspended", "running"]);
  pass(world, old, 2_000, { moves: false });
  await settle();
  assert.deepEqual([told.lost.length, old.state, one.audio], [1, "closed", "suspended"]);
  audio.allowed = true;
  await one.unlock();
  assert.deepEqual([one.audio, told.outputs], ["running", 2]);
});

test("a busy machine is not taken for an output that stands still", async (t) => {
  const { world, audio, told } = await speaker(t);
  for (let i = 0; i < 20; i++) {
    audio.context.currentTime += 0.001;
    pass(world, audio.context, 750, { moves: false });
  }
  assert.equal(told.outputs, 1);
  audio.context.become("suspended");
  pass(world, audio.context, 10_000, { moves: false });
  assert.equal(told.outputs, 1, "a suspended output does not run");
});

test("plays through the chosen device, and through the default one when that is gone", async (t) => {
  const mediaDevices = new EventTarget();
  let there = [{ kind: "audiooutput", deviceId: "hall" }];
  Object.assign(mediaDevices, { enumerateDevices: async () => there });
  const { audio, speaker: one } = await speaker(t, { sinkId: "hall", page: { navigator: { mediaDevices } } });
  assert.equal(audio.context.sinkId, "hall");
  const { resumed } = audio.context;
  mediaDevices.dispatchEvent(new Event("devicechange"));
  await settle();
  assert.equal(audio.context.sinkId, "hall");
  there = [];
  audio.context.become("suspended");
  mediaDevices.dispatchEvent(new Event("devicechange"));
  await settle();
  assert.deepEqual([audio.context.sinkId, audio.context.state], ["", "running"]);
  assert.equal(audio.context.resumed, resumed + 1);
  one.sinkId = "foyer";
  assert.equal(audio.context.sinkId, "foyer");
});
