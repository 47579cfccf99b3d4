import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST, LAST } from "../player/frames.js";
import { FRAME, LEAD_IN, QUANTUM, assertExact, frame, stage } from "./playout-stage.js";
import { seeded } from "./random.js";
import { largestStep, tone } from "./sounds.js";
import { selfIndexing } from "./wire.js";

test("starts once the target is there, at any place of the timeline", () => {
  const { playout, heard, render, send } = stage();
  send(96000, { frames: 4, flags: 0 });
  render(3);
  assert.equal(playout.state, "buffering");
  assert.equal(heard.length, 0);
  send(96000 + 4 * FRAME);
  render(3);
  assert.equal(playout.state, "playing");
  assert.equal(heard[0].pos, 96000);
});

test("starts when the end of the utterance is there, or after 250 ms", () => {
  const short = stage();
  short.send(0, { frames: 2, flags: LAST });
  short.render(20);
  assertExact(short.heard, 0, 2 * FRAME);
  assert.equal(short.playout.state, "idle");
  assert.equal(short.playout.counts.underruns, 0);

  const slow = stage();
  slow.send(0, { frames: 2 });
  slow.render(Math.floor((250 * 24) / QUANTUM));
  assert.equal(slow.playout.state, "buffering");
  slow.render(1);
  assert.equal(slow.playout.state, "playing");
});

test("an event that ends the utterance starts what waits", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 2 });
  playout.mayEnd();
  render(20);
  assertExact(heard, 0, 2 * FRAME);
  assert.equal(playout.state, "idle");
});

test("an underrun pauses the timeline and loses nothing", () => {
  const { playout, heard, output, render, send } = stage();
  send(0, { frames: 5 });
  render(40);
  assert.equal(playout.state, "stalled");
  assert.equal(playout.counts.underruns, 1);
  assert.equal(output.at(-1), 0);
  send(5 * FRAME, { frames: 2 });
  render(4);
  assert.equal(playout.state, "stalled", "40 of the 50 ms that half the target asks for");
  send(7 * FRAME, { frames: 3, flags: LAST });
  render(40);
  assertExact(heard, 0, 10 * FRAME);
  assert.equal(playout.state, "idle");
  assert.equal(playout.counts.underruns, 1);
  assert.ok(playout.counts.stalled > 0);
});

test("no click where the sound breaks off and sets in again", () => {
  const { playout, output, render } = stage();
  const loud = (pos, flags = 0) => playout.write(frame(pos, { flags, samples: new Int16Array(FRAME).fill(16384) }));
  for (let i = 0; i < 5; i++) loud(i * FRAME);
  render(40);
  for (let i = 5; i < 10; i++) loud(i * FRAME, i === 9 ? LAST : 0);
  render(40);
  for (let i = 1; i < output.length; i++) assert.ok(Math.abs(output[i] - output[i - 1]) <= 0.5 / 100, `a step at ${i}`);
  assert.equal(playout.counts.played, 10 * FRAME);
});

for (const hertz of [150, 320]) {
  test(`where the network breaks a tone of ${hertz} Hz off, it fades within 60 ms, and is taken up without a click`, () => {
    const { playout, heard, output, render } = stage();
    const sample = tone(hertz, 16_000);
    const send = (pos) =>
      playout.write(frame(pos, { samples: Int16Array.from({ length: FRAME }, (_, i) => sample(pos + i)) }));
    for (let i = 0; i < 10; i++) send(i * FRAME);
    render(Math.ceil((10 * FRAME) / QUANTUM) + 3);
    assert.equal(playout.state, "stalled");
    const gone = 10 * FRAME;
    const fading = output.slice(gone, gone + 240);
    assert.ok(
      fading.some((value) => Math.abs(value) > 0.3),
      "it does not break off at once",
    );
    for (let i = 10; i < 16; i++) send(i * FRAME);
    render(30);
    const step = largestStep(output);
    const own = (2 * Math.PI * hertz * 16_000) / 24_000 / 32_768;
    assert.ok(step <= own * 1.1, `a step of ${step}, its own ${own}`);
    assert.equal(heard.length, 16 * FRAME);
    render(30);
    assert.ok(output.slice(-QUANTUM).every((value) => value === 0));
    assert.equal(playout.counts.underruns, 2);
    assert.ok(playout.counts.extended >= 60 * 24 && playout.counts.extended <= 2 * 60 * 24);
  });
}

test("a clear ends the fade of a sound that had broken off", () => {
  const { playout, output, render } = stage();
  const sample = tone(200, 16_000);
  for (let i = 0; i < 10; i++)
    playout.write(frame(i * FRAME, { samples: Int16Array.from({ length: FRAME }, (_, n) => sample(i * FRAME + n)) }));
  render(Math.ceil((10 * FRAME) / QUANTUM) + 1);
  assert.equal(playout.state, "stalled");
  const was = output.length;
  playout.clear({ gen: 1, pos: 10 * FRAME });
  render(3);
  assert.ok(output.slice(was + QUANTUM).every((value) => value === 0));
});

test("utterances that follow each other play without a seam", () => {
  const { heard, output, render, send } = stage();
  send(0, { frames: 6, flags: LAST });
  render(5);
  send(6 * FRAME, { frames: 6, flags: LAST });
  render(60);
  assertExact(heard, 0, 12 * FRAME);
  assert.equal(output[LEAD_IN + 11 * FRAME] * 32768, selfIndexing(11 * FRAME));
});

test("jumps over what was lost and counts it", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 5 });
  send(7 * FRAME, { frames: 5, flags: LAST });
  render(60);
  assert.equal(playout.counts.lost, 2 * FRAME);
  assert.equal(heard.length, 10 * FRAME);
  assert.deepEqual(heard[5 * FRAME], { pos: 7 * FRAME, sample: selfIndexing(7 * FRAME) });
});

test("what comes twice is heard once", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 6 });
  send(3 * FRAME, { frames: 6, flags: LAST });
  render(60);
  assertExact(heard, 0, 9 * FRAME);
  assert.equal(playout.duplicates, 3 * FRAME);
});

test("live sound never grows older than the maximum; a replay may", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 400 });
  assert.ok(playout.level <= 4000 * 24 + playout.lead);
  assert.ok(playout.counts.skipped > 0);
  render(1);
  assert.equal(heard[0].pos + playout.counts.skipped, heard[0].pos * 2);

  const history = stage();
  history.send(0, { frames: 800, replayed: true });
  history.send(800 * FRAME, { frames: 50 });
  assert.equal(history.playout.level, 850 * FRAME);
  assert.equal(history.playout.counts.skipped, 0);
});

test("another timeline begins wherever its first frame says, in any generation", () => {
  const { playout, heard, render, send } = stage();
  send(500 * FRAME, { frames: 10, gen: 9 });
  render(5);
  playout.reset();
  send(0, { frames: 5, flags: FIRST | LAST, gen: 1 });
  render(40);
  assert.equal(heard.at(-1).pos, 5 * FRAME - 1);
  assert.equal(playout.counts.stale, 0);
});

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`however late frames come, every sample is heard once, in order: seed ${seed}`, () => {
    const random = seeded(seed);
    const { playout, heard, render, send } = stage({ target: 40 + Math.floor(random() * 200) });
    for (let pos = 0; pos < 300 * FRAME;) {
      const frames = 1 + Math.floor(random() * 4);
      const left = 300 - pos / FRAME;
      send(pos, { frames: Math.min(frames, left), flags: frames >= left ? LAST : 0 });
      pos += Math.min(frames, left) * FRAME;
      render(Math.floor(random() * 16));
    }
    render(3000);
    assertExact(heard, 0, 300 * FRAME);
    assert.equal(playout.state, "idle");
  });
}
