import assert from "node:assert/strict";
import { test } from "node:test";
import { JitterEstimator } from "../player/estimator.js";
import { LAST } from "../player/frames.js";
import { Playout } from "../player/playout.js";
import { SampleRing } from "../player/ring.js";
import { seeded } from "./random.js";

const FRAME_MS = 20;
const QUANTUM = 128;
const FRAMES = 200;
const LEAD_MS = 100;

/** When each frame of an utterance arrives: paced with the lead, held up by 0 to 160 ms, order kept. @param {() => number} random */
function arrivals(startMs, random) {
  let last = 0;
  return Array.from({ length: FRAMES }, (_, i) => {
    const sentMs = startMs + Math.max(0, i * FRAME_MS - LEAD_MS);
    last = Math.max(last, sentMs + random() * 160);
    return last;
  });
}

// The whole player without the browser, in virtual time. The browser tests run it in real time.
for (let seed = 1; seed <= 20; seed++) {
  test(`±80 ms of jitter and 100 ms of lead: no underrun, every sample once: seed ${seed}`, () => {
    const random = seeded(seed);
    let heardTo = 0;
    const playout = new Playout(new SampleRing(), (pos, _out, _at, count) => {
      assert.equal(pos, heardTo);
      heardTo += count;
    });
    const estimator = new JitterEstimator();
    let nowMs = 0;
    let pos = 0;
    for (const startMs of [500, 8_000]) {
      const waiting = arrivals(startMs, random);
      for (let next = 0; nowMs < startMs + 7_000; nowMs += QUANTUM / 24) {
        for (; next < FRAMES && waiting[next] <= nowMs; next++, pos += 480) {
          estimator.observe(waiting[next], startMs + next * FRAME_MS);
          playout.target = Math.max(LEAD_MS, estimator.targetMs) * 24;
          const flags = next === FRAMES - 1 ? LAST : 0;
          playout.write({ type: 1, flags, gen: 1, seq: 0, pos, tsUs: 0, count: 480, samples: new Int16Array(480) });
        }
        playout.render(new Float32Array(QUANTUM));
      }
    }
    assert.equal(heardTo, 2 * FRAMES * 480);
    assert.equal(playout.counts.underruns, 0);
  });
}
