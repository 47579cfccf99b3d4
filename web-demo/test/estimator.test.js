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
  assert.ok(listen(estimator, 3000, () => 2) < 60);
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

test("learns from a few frames that were held up among many that were not", () => {
  const held = (i) => (i % 150 < 8 ? 150 - (i % 150) * 20 : 2); // 150 ms every 3 s
  const target = listen(new JitterEstimator(), 1500, held);
  assert.ok(target >= 150 && target <= 200, `${target} ms`);
});

test("one stall does not set the target of a conversation, at the beginning neither", () => {
  for (const at of [0, 20, 100, 1000]) {
    const estimator = new JitterEstimator();
    const target = listen(estimator, at + 120, (i) => (i >= at && i < at + 30 ? 600 - (i - at) * 20 : 2));
    assert.ok(target <= 65, `${target} ms after a stall at frame ${at}`);
  }
});

test("a kiosk remembers the longest delay for a minute, a conversation for five seconds at most", () => {
  const once = (i) => (i >= 1000 && i < 1020 ? 400 - (i - 1000) * 20 : 2);
  const target = (preset, seconds) => listen(new JitterEstimator({ preset }), 1000 + seconds * 50, once);
  assert.ok(target("kiosk", 50) >= 200);
  assert.ok(target("kiosk", 110) <= 60);
  assert.ok(target("conversation", 4) > 40);
  assert.equal(target("conversation", 6), 40);
});

test("the presets differ in the largest target, and a caller may set it", () => {
  const random = seeded(9);
  const bad = () => random() * 2000;
  assert.equal(listen(new JitterEstimator(), 500, bad), 300);
  assert.equal(listen(new JitterEstimator({ preset: "kiosk" }), 500, bad), 1000);
  assert.equal(listen(new JitterEstimator({ preset: "kiosk", capMs: 500 }), 500, bad), 500);
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
