import assert from "node:assert/strict";
import { test } from "node:test";
import { StentorPlayer } from "../player/player.js";
import { bufferStats } from "../player/stats.js";
import { FakeWorld } from "./fake-world.js";
import { speech } from "./sounds.js";
import { stall } from "./traces.js";
import { VirtualLine } from "./virtual-line.js";

test("a calm line's totals have WebRTC's meaning", () => {
  const line = new VirtualLine({ leadMs: 100, sample: speech });
  line.run(20_000);
  const stats = bufferStats(line.playout.counts);
  const mean = stats.jitterBufferDelay / stats.jitterBufferEmittedCount;
  assert.ok(mean > 0.08 && mean < 0.13, `${mean} s`);
  assert.equal((stats.jitterBufferTargetDelay / stats.jitterBufferEmittedCount).toFixed(3), "0.100");
  assert.equal((stats.jitterBufferMinimumDelay / stats.jitterBufferEmittedCount).toFixed(3), "0.040");
  assert.equal(stats.totalSamplesReceived, line.arrived);
  assert.deepEqual([stats.concealedSamples, stats.concealmentEvents, stats.removedSamplesForAcceleration], [0, 0, 0]);
});

test("a stall is one concealment, and what it cost is removed", () => {
  const line = new VirtualLine({ leadMs: 100, sample: speech, delayMs: stall(5_000, 600) });
  line.run(15_000);
  const stats = bufferStats(line.playout.counts);
  assert.equal(stats.concealmentEvents, 1);
  const silentMs = stats.silentConcealedSamples / 24;
  const concealedMs = stats.concealedSamples / 24;
  assert.ok(concealedMs > 460 && concealedMs < 520, `${concealedMs} ms`);
  assert.ok(concealedMs - silentMs > 9 && concealedMs - silentMs <= 61, `${concealedMs - silentMs} ms of fade`);
  assert.ok(Math.abs(stats.removedSamplesForAcceleration / 24 - concealedMs) < 40);
  assert.equal(stats.insertedSamplesForDeceleration, 0);
  assert.equal(stats.totalSamplesReceived, line.arrived + stats.concealedSamples);
});

test("a player that has played nothing has all of them", () => {
  const { stats } = new StentorPlayer({ url: "ws://test/listen" }, new FakeWorld());
  for (const name of Object.keys(bufferStats({}))) assert.equal(stats[name], 0, name);
});
