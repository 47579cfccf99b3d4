import assert from "node:assert/strict";
import { test } from "node:test";
import { LAST } from "../player/frames.js";
import { FRAME, LEAD_IN, QUANTUM, assertExact, frame, stage } from "./playout-stage.js";

test("a clear is silent within one quantum, says where it cut, and old frames are dropped", () => {
  const { playout, heard, output, render, send } = stage();
  send(0, { frames: 20, gen: 65535 });
  render(10);
  playout.clear({ gen: 0, pos: 20 * FRAME });
  render(2);
  assert.ok(output.slice(11 * QUANTUM).every((sample) => sample === 0));
  assert.deepEqual(playout.cut, { gen: 65535, pos: 10 * QUANTUM - LEAD_IN + 120 });
  send(20 * FRAME, { gen: 65535 });
  render(2);
  assert.equal(playout.counts.stale, 1);
  send(20 * FRAME, { frames: 5, gen: 0, flags: LAST });
  render(40);
  assert.equal(heard.length, 10 * QUANTUM - LEAD_IN + 5 * FRAME);
  assert.equal(heard[10 * QUANTUM - LEAD_IN].pos, 20 * FRAME);
  assert.equal(playout.counts.lost, 0);
  assert.equal(playout.counts.underruns, 0);
});

test("a clear plays the drain, fades, and joins the new sound that came meanwhile", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 20, gen: 1 });
  render(1);
  playout.clear({ gen: 2, pos: 20 * FRAME, drainMs: 40, fadeMs: 20 });
  send(20 * FRAME, { frames: 5, gen: 2, flags: LAST });
  render(60);
  assert.deepEqual(playout.cut, { gen: 1, pos: QUANTUM - LEAD_IN + 60 * 24 });
  const drained = QUANTUM - LEAD_IN + 40 * 24;
  assert.equal(heard[drained - 1].pos, drained - 1);
  assert.equal(heard[drained].pos, 20 * FRAME);
});

test("a clear while nothing plays leaves nothing to play", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 2, gen: 1 });
  playout.clear({ gen: 2, pos: 2 * FRAME });
  render(60);
  assert.equal(playout.state, "idle");
  assert.equal(heard.length, 0);
  assert.deepEqual(playout.cut, { gen: 1, pos: 0 });
});

test("held, it is silent within one quantum; let go on, it plays every sample", () => {
  const { playout, heard, output, render, send } = stage();
  send(0, { frames: 20, flags: LAST });
  render(10);
  playout.hold();
  render(2);
  const at = playout.position;
  render(100);
  assert.ok(output.slice(11 * QUANTUM).every((sample) => sample === 0));
  assert.equal(playout.position, at);
  playout.resume();
  render(100);
  assertExact(heard, 0, 20 * FRAME);
  assert.equal(playout.counts.underruns, 0);
  assert.equal(playout.counts.lost, 0);
});

test("held before anything plays, it begins when it is let go on", () => {
  const { playout, heard, render, send } = stage();
  playout.hold();
  send(0, { frames: 10, flags: LAST });
  render(100);
  assert.equal(heard.length, 0);
  playout.resume();
  render(100);
  assertExact(heard, 0, 10 * FRAME);
});

test("a clear ends what is held, and the new sound is heard", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 20, gen: 1 });
  render(10);
  playout.hold();
  render(2);
  const at = playout.position;
  playout.clear({ gen: 2, pos: 20 * FRAME });
  assert.deepEqual(playout.cut, { gen: 1, pos: at });
  send(20 * FRAME, { frames: 10, gen: 2, flags: LAST });
  render(100);
  assert.equal(heard.length, at + 10 * FRAME);
  assert.equal(heard[at].pos, 20 * FRAME);
});

test("a second clear lets the first one's fade end, and its generation is the one that was cut", () => {
  const { playout, output, render, send } = stage();
  for (let i = 0; i < 20; i++) playout.write(frame(i * FRAME, { gen: 1, samples: new Int16Array(FRAME).fill(16384) }));
  render(10);
  playout.clear({ gen: 2, pos: 20 * FRAME, fadeMs: 20 });
  render(1);
  playout.clear({ gen: 3, pos: 20 * FRAME, drainMs: 400, fadeMs: 20 });
  send(20 * FRAME, { frames: 5, gen: 3, flags: LAST });
  render(3);
  for (let i = 10 * QUANTUM + 1; i < output.length; i++) assert.ok(output[i] <= output[i - 1], `louder again at ${i}`);
  assert.deepEqual(playout.cut, { gen: 1, pos: 10 * QUANTUM - LEAD_IN + 480 });
});

test("a second clear at once ends a long drain", () => {
  const { playout, heard, render, send } = stage();
  send(0, { frames: 20, gen: 1 });
  render(10);
  playout.clear({ gen: 2, pos: 20 * FRAME, drainMs: 200 });
  render(1);
  playout.clear({ gen: 3, pos: 20 * FRAME });
  render(3);
  const at = 11 * QUANTUM - LEAD_IN;
  assert.equal(heard.length, at);
  assert.deepEqual(playout.cut, { gen: 1, pos: at + 120 });
});

test("held, it says so, and that it does not play", () => {
  const { playout, render, send } = stage();
  send(0, { frames: 20, flags: LAST });
  render(10);
  playout.hold();
  assert.equal(playout.state, "held");
  playout.resume();
  assert.equal(playout.state, "playing");
});
