import assert from "node:assert/strict";
import { test } from "node:test";
import { Speaker } from "../player/speaker.js";
import { fakeAudio } from "./fake-audio.js";

/** Returns a speaker whose output runs, and what it told. */
async function speaker(t) {
  const audio = fakeAudio(t);
  const told = { outputs: 0, stalls: [], ran: [] };
  const nothing = () => {};
  const one = new Speaker(
    {
      onState: nothing,
      onLevel: nothing,
      onCut: nothing,
      onTap: nothing,
      onReady: () => {
        const port = one.port();
        if (port) told.outputs++;
        port?.close();
      },
      onStall: (ms) => told.stalls.push(ms),
    },
    { workletUrl: "https://page.example/worklet.js" },
  );
  await one.unlock();
  const arrived = (pos, gen = 1) =>
    one.arrived({ t: "frame", pos, gen, tsUs: 0, count: 480, flags: 0, delivered: true, unheard: 0 });
  const cue = (pos, name) => one.cue(pos, () => told.ran.push(name));
  return { audio, told, speaker: one, arrived, cue };
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
