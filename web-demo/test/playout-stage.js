import assert from "node:assert/strict";
import { Playout } from "../player/playout.js";
import { SampleRing } from "../player/ring.js";
import { selfIndexing, selfIndexingRun } from "./wire.js";

export const FRAME = 480;
export const QUANTUM = 128;
/** The self-indexing signal begins with a full step. The ramp to it delays everything by 5 ms. */
export const LEAD_IN = 120;

/** Returns a play-out that never changes the sound's length, the samples that it played unaltered, and its whole output. */
export function stage({ target = 100 } = {}) {
  const heard = [];
  const output = [];
  const playout = new Playout(new SampleRing(), {
    played(pos, out, at, count) {
      for (let i = 0; i < count; i++) heard.push({ pos: pos + i, sample: out[at + i] * 32768 });
    },
  });
  playout.levelControl = null;
  playout.target = target * 24;
  const render = (quanta = 1) => {
    for (let i = 0; i < quanta; i++) {
      const out = new Float32Array(QUANTUM);
      playout.render(out);
      output.push(...out);
    }
  };
  const send = (pos, { frames = 1, flags = 0, gen = 0, replayed = false } = {}) => {
    for (let i = 0; i < frames; i++)
      playout.write(frame(pos + i * FRAME, { flags: i === frames - 1 ? flags : 0, gen }), replayed);
  };
  return { playout, heard, output, render, send };
}

export const frame = (pos, { flags = 0, gen = 0, samples = selfIndexingRun(pos, FRAME) } = {}) => ({
  type: 1,
  flags,
  gen,
  seq: 0,
  pos,
  tsUs: 0,
  count: samples.length,
  samples,
});

/** @param {{pos: number, sample: number}[]} heard */
export function assertExact(heard, from, count) {
  assert.equal(heard.length, count);
  heard.forEach(({ pos, sample }, i) => {
    assert.equal(pos, from + i);
    assert.equal(sample, selfIndexing(pos));
  });
}
