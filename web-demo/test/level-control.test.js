import assert from "node:assert/strict";
import { test } from "node:test";
import { LevelControl } from "../player/level-control.js";
import { seeded } from "./random.js";
import { largestStep, rain, speech, speechOverBed, tone } from "./sounds.js";
import { lan, stall, step } from "./traces.js";
import { VirtualLine } from "./virtual-line.js";

const STALL_AT = 3_000;
const QUANTUM_MS = 128 / 24;

/** Returns a line that has just gained 500 ms of latency, and catches up while it sounds. */
function late(sample, options = {}) {
  const line = new VirtualLine({ sample, delayMs: stall(STALL_AT, 600), ...options });
  line.run(STALL_AT + 650);
  assert.equal(line.playout.counts.underruns, 1);
  return line;
}

/** What was rendered from a moment on. */
const since = (line, ms) => line.output.slice(Math.ceil(ms / QUANTUM_MS)).flatMap((quantum) => [...quantum]);

for (const hertz of [110, 440, 1300]) {
  test(`the pitch of a tone of ${hertz} Hz stays while its length changes, and nothing clicks`, () => {
    const sample = tone(hertz, 16_000);
    const line = late(sample);
    line.run(3_000);
    assert.ok(line.playout.counts.removed > 200 * 24);
    const heard = since(line, STALL_AT + 700);
    let rises = 0;
    for (let i = 1; i < heard.length; i++) if (heard[i - 1] < 0 && heard[i] >= 0) rises++;
    const pitch = (rises * 24_000) / heard.length;
    assert.ok(Math.abs(pitch / hertz - 1) < 0.01, `${pitch} Hz`);
    const steepest = largestStep(Float32Array.from({ length: 24_000 }, (_, i) => sample(i) / 32768));
    assert.ok(largestStep(heard) <= steepest * 1.02, `a step of ${largestStep(heard)}, of the tone ${steepest}`);
    line.assertAccounted();
  });
}

test("speech over a bed has no larger steps where it is shortened than of its own", () => {
  const line = late(speechOverBed);
  line.run(6_000);
  const own = largestStep(Float32Array.from({ length: 72_000 }, (_, i) => speechOverBed(i) / 32768));
  assert.ok(largestStep(since(line, STALL_AT + 700)) <= own * 1.02);
});

test("sound that is nowhere like itself keeps its loudness where it is shortened", () => {
  const line = late(rain);
  const heard = since(line, STALL_AT + 700);
  line.run(8_000);
  assert.ok(line.playout.counts.removed > 300 * 24);
  const power = (samples) => samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const own = power(Array.from({ length: 24_000 }, (_, i) => rain(i) / 32768));
  for (let at = 0; at + 480 < heard.length; at += 480) {
    const ratio = power(heard.slice(at, at + 480)) / own;
    assert.ok(ratio > 0.6 && ratio < 1.6, `${ratio} times the power`);
  }
});

for (const [what, sample] of [
  ["a bed", speechOverBed],
  ["rain", rain],
  ["a tone", tone(200, 9000)],
]) {
  test(`under ${what} at most 15 % is left out, and 5 % while less than 100 ms is too much`, () => {
    const line = late(sample);
    line.run(10_000);
    const { scalings } = line;
    assert.ok(scalings.length > 20);
    for (let i = 0; i < scalings.length - 1; i++) {
      const { atMs, removed } = scalings[i];
      const share = removed / 24 / (scalings[i + 1].atMs - atMs + QUANTUM_MS + removed / 24);
      const before = line.trace.findLast((seen) => seen.atMs < atMs - 25);
      const small = before.level - before.target < 100;
      assert.ok(share <= (small ? 0.05 : 0.15), `${share} at ${before.level - before.target} ms too much`);
    }
  });
}

test("pauses are shortened first, and at least half of each is heard", () => {
  const line = late(speech);
  line.run(6_000);
  const inPauses = line.scalings.filter(({ pos }) => speech(pos) === 0 && speech(pos + 60) === 0);
  const loops = new Map();
  for (const { pos, removed } of inPauses) {
    const loop = Math.floor(pos / 36_000);
    loops.set(loop, (loops.get(loop) ?? 0) + removed);
  }
  assert.ok([...loops.values()].some((removed) => removed > 1500));
  for (const removed of loops.values()) assert.ok(removed <= 7200 / 2 + 240, `${removed} of a pause of 7200`);
  line.assertAccounted();
});

/** Never lets the sound become longer. */
class NeverLonger extends LevelControl {
  next(ring, situation) {
    return super.next(ring, { ...situation, needed: 0 });
  }
}

test("where a network becomes bad, longer sound saves halts", () => {
  const halts = { longer: 0, not: 0 };
  let inserted = 0;
  for (let seed = 1; seed <= 12; seed++) {
    for (const kind of ["longer", "not"]) {
      const bad = step(seeded(seed));
      const line = new VirtualLine({ leadMs: 40, sample: speechOverBed, delayMs: (ms) => bad(ms + 57_000) });
      if (kind === "not") line.playout.levelControl = new NeverLonger();
      line.run(12_000);
      halts[kind] += line.playout.counts.underruns;
      inserted += line.playout.counts.inserted;
      line.assertAccounted();
    }
  }
  assert.ok(inserted > 0);
  assert.ok(halts.longer < halts.not, JSON.stringify(halts));
});

test("where the network needs no more than the lead, sound is never made longer", () => {
  const line = new VirtualLine({ leadMs: 100, sample: speech, delayMs: lan(seeded(1)) });
  line.run(10_000);
  assert.deepEqual(line.scalings, []);
});

test("a listener who joined in the past hears it at its own speed, but a stall's latency goes away", () => {
  const line = new VirtualLine({ sample: speech, delayMs: stall(9_000, 600), joinsBackMs: 5_000 });
  line.run(9_000);
  assert.deepEqual(line.scalings, []);
  assert.ok(line.playout.level > 4_900 * 24);
  const before = line.playout.level;
  line.run(10_000);
  assert.ok(Math.abs(line.playout.level - before) < 60 * 24, `${(line.playout.level - before) / 24} ms more`);
  assert.deepEqual(line.playout.counts.underruns, 0);
  line.assertAccounted();
});

/** Runs until a change of the sound's length has begun and is not complete. */
function amidAChange(seed, sample) {
  const line = late(sample);
  line.run(600 + 40 * seed);
  for (let i = 0; i < 2_000; i++) {
    const before = line.playout.position;
    line.run(1);
    if (line.playout.position === before && line.playout.state === "playing") return line;
  }
  throw new Error("no change of the sound's length");
}

for (const seed of [1, 2, 3, 4, 5]) {
  test(`amid a change of its length sound is silent within a quantum of a clear, and no old frame is heard: ${seed}`, () => {
    const line = amidAChange(seed, speechOverBed);
    const was = line.output.length;
    line.playout.clear({ gen: 2, pos: 0 });
    const { stale } = line.playout.counts;
    line.run(200);
    assert.ok(line.playout.counts.stale > stale);
    const heard = line.output.slice(was).flatMap((quantum) => [...quantum]);
    assert.ok(largestStep(heard.slice(0, 140)) < 0.2);
    assert.ok(heard.slice(128).every((value) => value === 0));
    assert.equal(line.playout.cut?.gen, 1);
    assert.equal(line.playout.state, "idle");
  });

  test(`amid a change of its length sound is held and goes on, and every sample is accounted for: ${seed}`, () => {
    const line = amidAChange(seed, speechOverBed);
    const was = line.output.length;
    line.playout.hold();
    line.run(100);
    const silent = line.output.slice(was + 1).flatMap((quantum) => [...quantum]);
    assert.ok(silent.every((value) => value === 0));
    line.playout.resume();
    line.run(3_000);
    line.assertAccounted();
    assert.ok(largestStep(line.output.slice(was).flatMap((quantum) => [...quantum])) < 0.2);
  });
}
