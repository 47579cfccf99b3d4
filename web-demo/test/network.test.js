import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "./random.js";
import { rain, speech, speechOverBed } from "./sounds.js";
import { lan, lte, stall, step, uniform, wifi } from "./traces.js";
import { VirtualLine } from "./virtual-line.js";

// The whole play-out without the browser, in virtual time. test/soak/networks.mjs does the same in a real one.

for (let seed = 1; seed <= 8; seed++) {
  test(`±80 ms of jitter for 60 s at a lead of 100 ms: no underrun, every sample accounted for: seed ${seed}`, (t) => {
    const line = new VirtualLine({ sample: speech, delayMs: uniform(seeded(seed)) });
    line.run(5_000);
    const early = line.playout.counts.underruns;
    line.run(60_000);
    line.assertAccounted();
    assert.equal(line.playout.counts.underruns - early, 0);
    t.diagnostic(`underruns in the first 5 s: ${early}`);
  });
}

test("a beginning that is late by less than two frames is played as it was sent", () => {
  for (const lateMs of [5, 15, 25, 35]) {
    const line = new VirtualLine({ sample: speech, delayMs: (sentMs) => (sentMs === 0 ? 2 + lateMs : 2) });
    line.run(10_000);
    line.assertAccounted();
    assert.deepEqual(line.scalings, [], `${lateMs} ms`);
  }
});

test("without jitter every sample is played as it was sent, and little later", () => {
  for (const leadMs of [40, 100, 300, 1000]) {
    const line = new VirtualLine({ leadMs, sample: speech, delayMs: lan(seeded(leadMs)) });
    line.run(30_000);
    line.assertAccounted();
    assert.deepEqual([line.scalings, line.runs.length, line.playout.counts.underruns], [[], 1, 0]);
    const late = Math.max(...line.trace.slice(200).map(({ atMs, position }) => atMs - position / 24));
    assert.ok(late <= leadMs + 60, `${late} ms at a lead of ${leadMs}`);
  }
});

for (const [what, sample, withinMs] of [
  ["in speech", speech, 6_000],
  ["under a bed", speechOverBed, 10_000],
  ["under rain", rain, 10_000],
]) {
  for (const leadMs of [100, 300]) {
    for (const atMs of [3_000, 8_000, 30_000]) {
      test(`a stall of 600 ms is one gap, and its latency goes away: ${what}, lead ${leadMs}, at ${atMs} ms`, () => {
        const line = new VirtualLine({ leadMs, sample, delayMs: stall(atMs, 600) });
        line.run(atMs + 600 + withinMs);
        assert.equal(line.playout.counts.underruns, 1);
        assert.equal(line.halts.length, 1);
        assert.ok(line.excessMs <= 20, `${line.excessMs} ms above the target of ${line.trace.at(-1).target}`);
        line.run(10_000);
        assert.ok(Math.abs(line.excessMs) <= 20, `${line.excessMs} ms off the target in the end`);
        assert.equal(line.playout.counts.underruns, 1);
        line.assertAccounted();
      });
    }
  }
}

for (const seed of [1, 2, 3]) {
  /** A first attempt after 150 ms ± 30 %, and two round trips. */
  const comesBack = (random) => () => 150 * (0.7 + 0.6 * random()) + 10;

  test(`a line that is cut every 3 s costs a short halt each time and no sample: seed ${seed}`, () => {
    const cuts = { everyMs: 3_000, awayMs: comesBack(seeded(seed)) };
    const line = new VirtualLine({ sample: speech, cuts });
    line.run(60_000);
    line.assertAccounted();
    assert.ok(line.halts.length <= 19, `${line.halts.length} halts`);
    assert.ok(Math.max(0, ...line.halts) <= 150, `a halt of ${Math.max(...line.halts)} ms`);
  });

  test(`at a lead of 1 s nobody hears the cuts: seed ${seed}`, () => {
    const cuts = { everyMs: 3_000, awayMs: comesBack(seeded(seed)) };
    const line = new VirtualLine({ leadMs: 1000, sample: speech, cuts });
    line.run(60_000);
    line.assertAccounted();
    assert.deepEqual([line.halts, line.scalings], [[], []]);
  });
}

/**
 * Bounds for the networks of test/traces.js: underruns a minute, silence in ms a minute, mean of the buffer in ms. Measured on 3 seeds of two
 * minutes, at a lead of 40 ms, with some room.
 */
const BOUNDS = {
  conversation: {
    lan: [0, 0, 60],
    wifi: [4, 40, 230],
    uniform: [0.5, 5, 170],
    lte: [1.5, 300, 140],
    step: [2, 60, 190],
  },
  kiosk: { lan: [0, 0, 60], wifi: [3, 40, 250], uniform: [0.5, 5, 170], lte: [1.5, 250, 260], step: [2, 60, 190] },
};
const NETWORKS = {
  ...{ lan, wifi, uniform, lte },
  step: (random) =>
    (
      (bad) => (sentMs) =>
        bad(sentMs + 40_000)
    )(step(random)),
};

for (const [preset, networks] of Object.entries(BOUNDS)) {
  for (const [name, [underruns, silentMs, meanMs]] of Object.entries(networks)) {
    test(`${preset} on ${name}`, (t) => {
      const measured = [0, 0, 0];
      for (const seed of [1, 2, 3]) {
        const delayMs = NETWORKS[name](seeded(seed));
        const line = new VirtualLine({ leadMs: 40, sample: speech, delayMs, limits: { preset } });
        line.run(120_000);
        line.assertAccounted();
        measured[0] += line.playout.counts.underruns / 6;
        measured[1] += line.playout.counts.stalled / 24 / 6;
        measured[2] += line.trace.reduce((sum, { level }) => sum + level, 0) / line.trace.length / 3;
      }
      t.diagnostic(measured.map((value) => value.toFixed(1)).join(" / "));
      [underruns, silentMs, meanMs].forEach((most, i) => assert.ok(measured[i] <= most, `${measured}`));
    });
  }
}
