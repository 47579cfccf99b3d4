import assert from "node:assert/strict";
import { test } from "node:test";
import { OutputClock } from "../player/output-clock.js";
import { DENSE, Probing, SPARSE } from "../player/probing.js";
import { ServerClock } from "../player/server-clock.js";
import { seeded } from "./random.js";

const SECOND = 1e6;

/**
 * Probes a server as a connection does, whose clock is ahead by 5,000 s and drifts, and returns the errors of the estimate, in µs, each
 * once a second.
 *
 * @param {{there: () => number, back: () => number, ppm?: number, seconds?: number}} network delays in µs
 */
function probed({ there, back, ppm = 0, seconds = 120 }) {
  const clock = new ServerClock();
  const probing = new Probing(DENSE);
  const offset = (/** @type {number} */ at) => 5e9 + at * ppm * 1e-6;
  const errors = [];
  let noted = 0;
  for (let at = 0; at < seconds * SECOND; at += probing.next() * 1000) {
    const [d1, d2] = [there(), back()];
    const t1 = at + d1 + offset(at + d1);
    clock.add(at, t1, t1 + 30, at + d1 + 30 + d2);
    if (at - noted < SECOND) continue;
    noted = at;
    errors.push(/** @type {number} */ (clock.offsetUs) - offset(at));
  }
  return { clock, errors };
}

const worst = (errors) => Math.max(...errors.map(Math.abs));

test("a calm network gives the server's clock to a fraction of a millisecond", () => {
  const random = seeded(1);
  const { errors, clock } = probed({ there: () => 400 + 600 * random(), back: () => 400 + 600 * random() });
  assert.ok(worst(errors) < 150, `off by ${worst(errors)} µs`);
  assert.ok(clock.uncertaintyUs < 600);
  assert.ok(Math.abs(clock.driftPpm) < 2);
});

test("40 ms of jitter are seen through, in both directions or in one", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const random = seeded(seed);
    const jitter = () => 400 + 40_000 * random();
    const calm = () => 400;
    for (const [there, back] of [
      [jitter, jitter],
      [jitter, calm],
      [calm, jitter],
    ]) {
      const { errors } = probed({ there, back });
      assert.ok(worst(errors) < 4_000, `seed ${seed}: off by ${worst(errors)} µs`);
      const most = errors.map(Math.abs).sort((a, b) => a - b)[Math.floor(0.95 * errors.length)];
      assert.ok(most < 2_500, `seed ${seed}: 95 % are within ${most} µs`);
    }
  }
});

test("a drift of 50 ppm is followed at once, and known after a few minutes", () => {
  for (const ppm of [50, -50]) {
    const random = seeded(7);
    const delay = () => 400 + 600 * random();
    const { errors, clock } = probed({ there: delay, back: delay, ppm, seconds: 300 });
    assert.ok(worst(errors) < 1_500, `off by ${worst(errors)} µs`);
    assert.ok(worst(errors.slice(-20)) < 300, `off by ${worst(errors.slice(-20))} µs in the end`);
    assert.ok(Math.abs(clock.driftPpm - ppm) < 5, `${clock.driftPpm} ppm`);
  }
});

test("a clock that was set, or stood still while the machine slept, is learnt anew", () => {
  const clock = new ServerClock();
  const probe = (at, offset) => clock.add(at, at + offset + 500, at + offset + 500, at + 1000);
  for (let at = 0; at < 10 * SECOND; at += 100_000) probe(at, 5e9);
  probe(10 * SECOND, 5e9 + 60 * SECOND);
  assert.equal(clock.offsetUs, 5e9 + 60 * SECOND);
});

test("players in step probe in bursts, the others a few times and then now and then", () => {
  const waits = (plan, count) => {
    const probing = new Probing(plan);
    return Array.from({ length: count }, () => probing.next());
  };
  assert.deepEqual(waits(SPARSE, 10), [...Array(7).fill(50), 5000, 5000, 5000]);
  const dense = waits(DENSE, 40 + 16 * 8);
  assert.equal(dense.slice(0, 39).every((ms) => ms === 20) && dense[39], 2000);
  assert.equal(dense[47], 2000);
  assert.equal(dense.at(-1), 5000);
});

test("scattered time stamps of the output are seen through, and a device that changed is followed", () => {
  const random = seeded(3);
  const clock = new OutputClock();
  const stamp = (ms, latency) => clock.add((ms - latency - 6 + 12 * random()) / 1000, ms);
  stamp(0, 500);
  assert.equal(clock.offset, null, "the first stamps are not to be trusted");
  for (let ms = 100; ms < 8_000; ms += 100) stamp(ms, ms < 900 ? 300 : 40);
  assert.ok(Math.abs(/** @type {number} */ (clock.offset) + 0.04) < 0.0025, `${clock.offset}`);
  for (let ms = 8_000; ms < 9_200; ms += 100) stamp(ms, 200);
  assert.ok(Math.abs(/** @type {number} */ (clock.offset) + 0.2) < 0.004, `${clock.offset}`);
});
