import assert from "node:assert/strict";
import { test } from "node:test";
import { JitterEstimator } from "../player/estimator.js";
import { seeded } from "./random.js";

/** Passes frames of 20 ms to the estimator, each delayed by `delay`, in order, as TCP delivers them. */
function listen(estimator, frames, delay) {
  let last = -Infinity;
  for (let i = 0; i < frames; i++) {
    last = Math.max(last, i * 20 + delay(i));
    estimator.observe(1e6 + last, i * 20);
  }
  return estimator.targetMs;
}

test("a calm network needs the floor only", () => {
  assert.equal(
    listen(new JitterEstimator(), 500, () => 3),
    40,
  );
});

test("covers uniform jitter of 160 ms", () => {
  const random = seeded(7);
  const target = listen(new JitterEstimator(), 1000, () => random() * 160);
  assert.ok(target >= 140 && target <= 200, `${target} ms`);
});

test("forgets a bad time, and never passes its cap", () => {
  const random = seeded(8);
  const estimator = new JitterEstimator({ capMs: 250 });
  assert.equal(
    listen(estimator, 500, () => random() * 900),
    250,
  );
  assert.ok(listen(estimator, 1500, () => 2) < 60);
});

test("judges frames that were sent together once", () => {
  const estimator = new JitterEstimator();
  estimator.batchMs = 100;
  assert.ok(listen(estimator, 1000, (i) => (4 - (i % 5)) * 20) <= 120);
});

test("takes no batch for jitter that begins after frames came one by one", () => {
  const estimator = new JitterEstimator();
  estimator.batchMs = 100;
  assert.equal(
    listen(estimator, 15, () => 2),
    110,
  );
  assert.equal(
    listen(estimator, 1000, (i) => 2 + (4 - (i % 5)) * 20),
    110,
  );
});

test("reacts to an underrun at once", () => {
  const estimator = new JitterEstimator();
  const before = listen(estimator, 100, () => 30);
  estimator.underran(100);
  assert.equal(estimator.targetMs, before + 50);
  estimator.underran(1000);
  assert.equal(estimator.targetMs, before + 130);
});

test("another server's clock is no jitter", () => {
  const estimator = new JitterEstimator();
  listen(estimator, 200, () => 2);
  estimator.reset();
  for (let i = 0; i < 200; i++) estimator.observe(2e6 + i * 20, i * 20);
  assert.equal(estimator.targetMs, 40);
});
