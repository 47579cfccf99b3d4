import assert from "node:assert/strict";
import { test } from "node:test";
import { SampleRing } from "../player/ring.js";
import { seeded } from "./random.js";
import { selfIndexing, selfIndexingRun } from "./wire.js";

/** Reads everything from `pos` on that the ring would give to a player. @param {SampleRing} ring @param {number} pos */
function play(ring, pos) {
  const heard = [];
  const out = new Float32Array(100);
  while (pos < ring.end) {
    const hole = ring.holeAt(pos);
    if (hole) {
      pos = hole.to;
      continue;
    }
    const count = Math.min(100, ring.readable(pos));
    ring.read(pos, out, 0, count);
    for (let i = 0; i < count; i++) heard.push({ index: pos + i, sample: out[i] * 32768 });
    pos += count;
  }
  return heard;
}

for (const seed of [1, 2, 3, 4, 5]) {
  test(`any row of frames, overlaps and jumps is read exactly once and in order: seed ${seed}`, () => {
    const random = seeded(seed);
    const ring = new SampleRing(12);
    ring.reset(1000);
    const sent = new Set();
    let next = 1000;
    for (let i = 0; i < 12; i++) {
      const kind = random();
      const pos = Math.max(
        1000,
        kind < 0.2 ? next - Math.floor(random() * 300) : kind < 0.4 ? next + Math.floor(random() * 200) : next,
      );
      const count = Math.floor(random() * 200);
      ring.write(pos, selfIndexingRun(pos, count));
      if (count > 0 || pos > next) next = Math.max(next, pos + count);
      for (let n = pos; n < pos + count; n++) sent.add(n);
    }
    // A frame cannot fill a hole before the end: the connection guarantees the order.
    const heard = play(ring, 1000);
    assert.ok(heard.length > 0 && heard.length <= sent.size);
    heard.forEach(({ index, sample }, i) => {
      assert.equal(sample, selfIndexing(index));
      assert.ok(i === 0 || index > heard[i - 1].index);
    });
  });
}

test("counts what came twice and ignores it", () => {
  const ring = new SampleRing(10);
  ring.write(0, selfIndexingRun(0, 100));
  ring.write(50, new Int16Array(100));
  assert.equal(ring.duplicates, 50);
  assert.equal(ring.end, 150);
  assert.equal(ring.at(60) * 32768, selfIndexing(60));
});

test("knows a hole and what lies around it", () => {
  const ring = new SampleRing(10);
  ring.write(0, selfIndexingRun(0, 100));
  ring.write(150, selfIndexingRun(150, 50));
  assert.equal(ring.readable(20), 80);
  assert.equal(ring.readable(120), 0);
  assert.deepEqual(ring.holeAt(100), { from: 100, to: 150, kind: "lost" });
  assert.equal(ring.level(0), 150);
  assert.equal(ring.level(120), 50);
});

test("a cancelled stretch swallows the holes in it", () => {
  const ring = new SampleRing(10);
  ring.write(0, selfIndexingRun(0, 100));
  ring.write(150, selfIndexingRun(150, 50));
  ring.skip(80, 200, "cancelled");
  assert.deepEqual(ring.holeAt(120), { from: 80, to: 200, kind: "cancelled" });
  assert.equal(ring.level(0), 80);
});

test("forgets what is to be written anew", () => {
  const ring = new SampleRing(10);
  ring.write(0, selfIndexingRun(0, 100));
  ring.truncate(40);
  ring.write(40, new Int16Array(10).fill(7));
  assert.equal(ring.at(45) * 32768, 7);
  assert.equal(ring.end, 50);
  assert.equal(ring.duplicates, 0);
});

test("keeps the newest samples once it is full, and silence counts as samples", () => {
  const ring = new SampleRing(8);
  ring.write(0, selfIndexingRun(0, 200));
  ring.writeSilence(200, 100);
  assert.equal(ring.start, 300 - 256);
  assert.equal(ring.at(199) * 32768, selfIndexing(199));
  assert.equal(ring.at(250), 0);
});

test("holds a server's ring of 20 s and 4 s more", () => {
  assert.ok(new SampleRing().capacity >= 24 * 24_000);
});
