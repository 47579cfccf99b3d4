import assert from "node:assert/strict";
import { test } from "node:test";
import { Cues } from "../player/cues.js";
import { EntryOrder } from "../player/entry-order.js";
import { HeardPosition } from "../player/heard.js";
import { Resampler } from "../player/resample.js";
import { ServerClock } from "../player/server-clock.js";
import { Tap } from "../player/tap.js";
import { seeded } from "./random.js";
import { selfIndexing } from "./wire.js";

test("cues run in order of position, then of setting", () => {
  const cues = new Cues();
  const heard = [];
  cues.set(20, () => heard.push("b"));
  cues.set(10, () => heard.push("a"));
  cues.set(20, () => heard.push("c"));
  cues.heard(19);
  assert.deepEqual(heard, ["a"]);
  cues.heard(20);
  assert.deepEqual(heard, ["a", "b", "c"]);
});

test("a jump is a fault unless it is told; an old entry is to be ignored", () => {
  const order = new EntryOrder();
  assert.equal(order.take(0xffffffff), "next");
  assert.equal(order.take(0), "next");
  assert.equal(order.take(2), "jump");
  assert.equal(order.take(2), "repeated");
  order.expect(50);
  assert.equal(order.take(50), "next");
  assert.equal(order.take(60, true), "next");
  order.jumpTo(70);
  assert.equal(order.last, 69);
  assert.equal(order.take(70), "next");
});

test("the heard sample runs with the device, and stands where nothing plays", () => {
  const heard = new HeardPosition();
  assert.deepEqual(heard.at(1), { pos: 0, gen: 0 });
  heard.add({ time: 1, pos: 4800, gen: 3, playing: true });
  heard.add({ time: 1.1, pos: 7200, gen: 3, playing: false });
  assert.deepEqual(heard.at(0.5), { pos: 4800, gen: 3 });
  assert.deepEqual(heard.at(1.05), { pos: 6000, gen: 3 });
  assert.deepEqual(heard.at(9), { pos: 7200, gen: 3 });
});

test("the server's clock is read from the fastest probe, whatever the others say", () => {
  const random = seeded(11);
  const clock = new ServerClock();
  assert.equal(clock.offsetUs, undefined);
  for (let i = 0; i < 64; i++) {
    const [there, back] = [400 + random() * 40_000, 400 + random() * 40_000];
    const t0 = i * 1e6;
    clock.add(t0, t0 + 5e9 + there, t0 + 5e9 + there + 20, t0 + there + 20 + back);
  }
  clock.add(0, 5e9 + 400, 5e9 + 420, 820);
  assert.equal(clock.offsetUs, 5e9);
  assert.equal(clock.rttUs, 800);
  clock.reset();
  assert.equal(clock.rttUs, undefined);
});

/** Resamples a sine of a frequency to a rate, and returns the output and how many input samples have not come out. */
function resampled(rate, hertz, samples = rate / 2) {
  let index = 0;
  const resampler = new Resampler(24_000, rate, (out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sin((2 * Math.PI * hertz * index++) / 24_000);
  });
  const out = new Float32Array(samples);
  for (let at = 0; at < samples; at += 128) resampler.render(out.subarray(at, at + 128));
  return { out, pulled: index, pending: resampler.pending };
}

for (const rate of [48_000, 44_100, 96_000, 22_050, 16_000, 47_999]) {
  for (const hertz of [440, 6_000]) {
    test(`a sine of ${hertz} Hz keeps its pitch, level and place at ${rate} Hz`, () => {
      const { out, pulled, pending } = resampled(rate, hertz);
      let worst = 0;
      for (let i = 500; i < out.length; i++) {
        const due = Math.sin(2 * Math.PI * hertz * (i / rate + (pulled - pending) / 24_000 - out.length / rate));
        worst = Math.max(worst, Math.abs(out[i] - due));
      }
      assert.ok(worst < 0.002, `off by ${worst}`);
    });
  }
}

test("what a slow device cannot carry is not heard as another tone", () => {
  const { out } = resampled(16_000, 10_000);
  const loudest = out.subarray(500).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  assert.ok(loudest < 0.002, `${loudest}`);
});

test("a faster device hears no images above what the timeline holds", () => {
  const { out } = resampled(48_000, 9_000);
  let power = 0;
  for (let i = 500; i < out.length; i++) {
    power += Math.abs(out[i] - 2 * out[i - 1] * Math.cos((2 * Math.PI * 9_000) / 48_000) + out[i - 2]);
  }
  assert.ok(power / out.length < 0.002, `${power / out.length}`); // a pure sine leaves nothing
});

test("few samples are rendered ahead of a device of another rate", () => {
  assert.ok(resampled(48_000, 440).pending <= 24 + 32);
});

test("the tap says that it is on, and gives back runs of exactly what was played", () => {
  const runs = [];
  const tap = new Tap((run) => runs.push(run));
  const play = (pos, count) =>
    tap.record(
      pos,
      Float32Array.from({ length: count }, (_, i) => selfIndexing(pos + i) / 32768),
      0,
      count,
    );
  play(0, 100);
  tap.active = true;
  tap.flush(true);
  play(100, 4000);
  play(4100, 4000);
  play(9000, 50);
  tap.flush();
  assert.deepEqual(
    runs.map(({ pos, samples }) => [pos, samples.length]),
    [
      [0, 0],
      [100, 4800],
      [4900, 3200],
      [9000, 50],
    ],
  );
  for (const { pos, samples } of runs) samples.forEach((sample, i) => assert.equal(sample, selfIndexing(pos + i)));
});
