import assert from "node:assert/strict";
import { test } from "node:test";
import { Playout } from "../player/playout.js";
import { SampleRing } from "../player/ring.js";
import { StepControl } from "../player/step-control.js";
import { FRAME_SAMPLES as FRAME } from "../player/timeline.js";
import { GroupPlayer, QUANTUM } from "./group-player.js";

/** Lets players run, and returns the differences of what they play, in ms, every 50 ms from a time on. */
function differences(players, { fromS = 5, toS = 60 }) {
  const found = [];
  for (let at = 0.05; at < toS; at += 0.05) {
    for (const player of players) player.run(at);
    const [a, b] = players.map(({ heard }) => heard);
    if (at >= fromS)
      found.push(
        a === null || b === null ? Infinity : Math.abs(a - b + (players[1].now - players[0].now) * 24_000) / 24,
      );
  }
  return found.sort((x, y) => x - y);
}

const p95 = (sorted) => sorted[Math.floor(0.95 * sorted.length)];
const JITTER = [0.04, 0.04];

test("two players on a calm network are within 2 ms of each other", () => {
  for (const seed of [1, 2, 3]) {
    const players = [new GroupPlayer({ seed }), new GroupPlayer({ seed: seed + 100, startS: 1.7, latencyS: 0.08 })];
    const sorted = differences(players, {});
    assert.ok(p95(sorted) <= 2, `seed ${seed}: ${p95(sorted)} ms`);
  }
});

test("two players are within 6 ms of each other at 40 ms of jitter, also if it is in one direction alone", () => {
  for (const seed of [1, 2, 3]) {
    for (const other of [JITTER, [0.04, 0], [0, 0.04]]) {
      const players = [
        new GroupPlayer({ seed, jitterS: JITTER, scatterS: 0.012 }),
        new GroupPlayer({ seed: seed + 50, jitterS: other, scatterS: 0.012, startS: 0.9 }),
      ];
      const sorted = differences(players, {});
      assert.ok(p95(sorted) <= 6, `seed ${seed}: ${p95(sorted)} ms`);
    }
  }
});

test("clocks and devices that drift by 50 ppm stay within 2 ms, with trims and without a jump", () => {
  const players = [
    new GroupPlayer({ seed: 4, ppm: 50, devicePpm: -50 }),
    new GroupPlayer({ seed: 5, ppm: -50, devicePpm: 50 }),
  ];
  const sorted = differences(players, { toS: 240 });
  assert.ok(p95(sorted) <= 2, `${p95(sorted)} ms`);
  for (const { counts } of players) {
    assert.ok(counts.removed + counts.inserted > 100, "the drift was trimmed away");
    assert.equal(counts.underruns, 0);
  }
});

test("without drift and jitter nothing is trimmed: play is exact to the sample", () => {
  const player = new GroupPlayer({ seed: 6, jitterS: [0.0001, 0.0001], scatterS: 0.0002 });
  player.run(30);
  const { removed, inserted, skipped, underruns, played } = player.counts;
  assert.deepEqual({ removed, inserted, underruns }, { removed: 0, inserted: 0, underruns: 0 });
  assert.equal(player.exact, played);
  assert.ok(skipped > 0, "it came in the middle, and left out what was over");
});

/** Returns a play-out in step whose samples are due at their place on the timeline, on the device's own clock. */
function inStep() {
  const step = new StepControl();
  const played = [];
  const playout = new Playout(new SampleRing(), { played: (pos, _out, _at, count) => played.push([pos, count]) });
  step.begin(0);
  playout.step = step;
  step.shift = 0.3;
  let time = 0;
  const write = (pos, frames, lateS = 0) => {
    for (let i = 0; i < frames; i++, pos += FRAME) {
      const samples = new Int16Array(FRAME).fill(1000);
      const tsUs = (pos / 24_000 + lateS) * 1e6;
      playout.write({ type: 1, flags: 0, gen: 1, seq: 0, pos, tsUs, count: FRAME, samples, packet: null });
    }
  };
  const render = (seconds) => {
    for (const until = time + seconds; time < until; time += QUANTUM / 24_000) {
      step.begin(time);
      playout.render(new Float32Array(QUANTUM));
    }
  };
  return { step, playout, played, write, render, time: () => time };
}

test("sound begins at the very sample that is due, however much is buffered", () => {
  const { playout, write, render, time } = inStep();
  write(0, 50);
  render(0.28);
  assert.equal(playout.position, 0);
  render(0.1);
  const early = playout.position - (time() - 0.3) * 24_000;
  assert.ok(Math.abs(early) < 1, `${early} samples`);
});

test("one who is far off jumps once, and is then trimmed", () => {
  const { step, playout, write, render } = inStep();
  write(0, 100);
  render(0.6);
  const { skipped } = playout.counts;
  step.shift = 0.28; // 20 ms, soon after the clocks became known
  render(0.01);
  assert.equal(playout.counts.skipped - skipped, 480);
  step.shift = 0.268; // 12 ms more: no second jump
  render(0.3);
  assert.equal(playout.counts.skipped - skipped, 480);
  assert.ok(playout.counts.removed > 0);
  render(0.8);
  const removed = playout.counts.removed;
  assert.ok(removed >= 20 && removed <= 0.005 * 1.1 * 24_000, `${removed} samples in 1.1 s`);
});

test("one who is far too early falls silent until it is due", () => {
  const { step, playout, write, render } = inStep();
  write(0, 100);
  render(0.6);
  const before = playout.position;
  step.shift = 0.5;
  render(0.1);
  assert.equal(playout.state, "buffering");
  render(0.15);
  assert.equal(playout.state, "playing");
  assert.ok(playout.position - before < 0.08 * 24_000);
});

test("after a pause of the channel nothing is left out: what waited is due right before what comes next", () => {
  const { playout, write, render, time } = inStep();
  write(0, 40);
  render(0.5);
  const heldAt = time();
  playout.hold();
  const { position } = playout;
  const { skipped } = playout.counts;
  render(2);
  playout.resume();
  write(40 * FRAME, 10, time() - heldAt);
  render(0.2);
  assert.equal(playout.counts.skipped, skipped);
  assert.ok(playout.position > position);
});

test("while the clocks are not known sound waits for them, but not for ever", () => {
  const { step, playout, write, render } = inStep();
  step.shift = null;
  write(0, 50);
  render(2.9);
  assert.equal(playout.state, "buffering");
  render(0.2);
  assert.equal(playout.state, "playing");
  assert.equal(step.lateMs, null);
});
