import assert from "node:assert/strict";
import { test } from "node:test";
import { Playout } from "../player/playout.js";
import { SampleRing } from "../player/ring.js";
import { seeded } from "./random.js";

const FRAME = 480;
const QUANTUM = 128;
const LEAD = 2400;
const MARGIN = 4800;
const BED = 6000;
const SPEECH = 12000;
const HERTZ = 240;

/** The bed at a time of its own, in samples. @param {number} n */
const bed = (n) => Math.round(BED * Math.sin((2 * Math.PI * HERTZ * n) / 24000)) || 0; // never -0
/** @param {number} n */
const voice = (n) => Math.round(SPEECH * Math.sin((2 * Math.PI * 400 * n) / 24000));
/** The largest step between two samples of the bed and the speech together. */
const STEEPEST = (2 * Math.PI * (BED * HERTZ + SPEECH * 400)) / 24000;

/** A channel with a mix, and its player: the test controls what the one sends, and checks what the other plays. */
class MixedLine {
  #pos = 0;
  #time = 0;
  speaks = true;
  gen = 1;
  lead = LEAD;
  /** @type {number[]} */
  output = [];
  playout = new Playout(new SampleRing());

  constructor() {
    this.playout.levelControl = null;
  }

  /** Sends a frame of the mix. */
  #frame() {
    const samples = Int16Array.from(
      { length: FRAME },
      (_, i) => bed(this.#time + i) + (this.speaks ? voice(this.#time + i) : 0),
    );
    this.playout.write({ type: 1, flags: 32, gen: this.gen, seq: 0, pos: this.#pos, tsUs: 0, count: FRAME, samples });
    this.#pos += FRAME;
    this.#time += FRAME;
  }

  /** Sends up to a time of the bed. @param {number} time */
  send(time) {
    while (this.#time < time) this.#frame();
  }

  /**
   * Interrupts the speech: renders again, without speech, from the lead and the margin before the end.
   *
   * @param {{fadeMs?: number, drainMs?: number, frames?: number}} [how] `frames`: so many of what was sent come again now
   */
  clear({ fadeMs = 5, drainMs = 0, frames = Infinity } = {}) {
    const until = this.#time;
    const back = Math.min(this.lead + MARGIN, this.#time);
    const fromPos = this.#pos - back;
    this.gen++;
    this.playout.clear({ gen: this.gen, pos: this.#pos, fromPos, fadeMs, drainMs, continues: true });
    this.#time -= back;
    this.speaks = false;
    this.send(Math.min(until, this.#time + frames * FRAME));
  }

  /** @param {number} quanta */
  render(quanta) {
    for (let i = 0; i < quanta; i++) {
      const out = new Float32Array(QUANTUM);
      this.playout.render(out);
      this.output.push(...out);
    }
  }
}

/** @param {number[]} output */
const largestStep = (output) => output.reduce((most, x, i) => (i ? Math.max(most, Math.abs(x - output[i - 1])) : 0), 0);

test("at a clear that continues the bed goes on at the very sample, and the speech is gone", () => {
  const line = new MixedLine();
  line.send(LEAD);
  line.render(1);
  for (let i = 0; i < 20; i++) {
    line.send(LEAD + (i + 1) * FRAME);
    line.render(Math.floor(((i + 2) * FRAME) / QUANTUM) - Math.floor(((i + 1) * FRAME) / QUANTUM));
  }
  const before = line.output.length;
  line.clear();
  line.render(8);
  const start = before + 120 + 1;
  for (let i = start; i < line.output.length; i++) assert.equal(line.output[i] * 32768, bed(i), `sample ${i}`);
  assert.deepEqual(line.playout.cut, { gen: 1, pos: before + 120 });
  assert.ok(largestStep(line.output) * 32768 <= STEEPEST + SPEECH / 60);
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`twenty barge-ins leave the bed without a hole or a click: seed ${seed}`, () => {
    const random = seeded(seed);
    const line = new MixedLine();
    line.playout.target = LEAD;
    let played = 0;
    const late = Math.floor(random() * 2000); // how far the player is behind
    line.send(LEAD + late);
    for (let round = 0; round < 20; round++) {
      line.speaks = true;
      const until = played + 3000 + Math.floor(random() * 20000);
      while (played < until) {
        line.send(played + LEAD + late);
        line.render(1);
        played += QUANTUM;
      }
      line.clear({ fadeMs: 5 + Math.floor(random() * 20), drainMs: random() < 0.3 ? 20 : 0 });
      if (random() < 0.2) line.clear(); // and another at once
    }
    while (played < 1_000_000 && line.output.length < played + 4800) {
      line.send(played + LEAD + late);
      line.render(1);
      played += QUANTUM;
    }
    assert.equal(line.playout.counts.underruns, 0);
    assert.equal(line.playout.counts.lost, 0);
    assert.equal(line.playout.counts.skipped, 0);
    assert.ok(
      largestStep(line.output) * 32768 <= STEEPEST + SPEECH / 60,
      `a step of ${largestStep(line.output) * 32768}`,
    );
    const end = line.output.length - 1000;
    for (let i = end; i < end + 900; i++)
      assert.equal(line.output[i] * 32768, bed(i), "no sample of the bed is skipped");
  });
}

/** A line with a long lead, two clears within one drain, and what was played of it. @param {number} afterwards more frames that come at once */
const clearedTwice = (afterwards = 0) => {
  const line = new MixedLine();
  line.lead = line.playout.lead = 3 * 24000;
  const second = Math.ceil(24000 / QUANTUM);
  let played = 0;
  const play = (/** @type {number} */ quanta) => {
    for (let i = 0; i < quanta; i++, played += QUANTUM) {
      line.send(played + line.lead);
      line.render(1);
    }
  };
  play(5 * second);
  line.clear({ drainMs: 1000 });
  play(second / 2);
  line.clear({ drainMs: 1000 });
  line.send(played + line.lead + afterwards);
  play(2 * second);
  return line;
};

test("with a long lead two clears within one drain skip nothing of the bed", () => {
  const line = clearedTwice();
  assert.equal(line.playout.counts.skipped, 0);
  assert.equal(line.playout.counts.underruns, 0);
  const end = line.output.length - 1000;
  for (let i = end; i < end + 900; i++) assert.equal(line.output[i] * 32768, bed(i));
  assert.ok(largestStep(line.output) * 32768 <= STEEPEST + SPEECH / 60);
});

test("what waits far beyond the lead is skipped also before an older rendering was played to its end", () => {
  const line = clearedTwice(6 * 24000);
  assert.ok(line.playout.counts.skipped > 0);
  assert.equal(line.playout.counts.underruns, 0);
  assert.equal(line.playout.cut?.gen, 1);
  assert.ok(line.playout.level <= line.lead + 4 * 24000);
});

test("a player that is further behind than what is sent again goes on where that begins", () => {
  const line = new MixedLine();
  line.playout.lead = 24000;
  line.send(48000);
  line.render(4);
  line.clear();
  line.render(20);
  const end = line.output.length - 100;
  const skipped = 48000 - LEAD - MARGIN - 4 * QUANTUM;
  for (let i = end; i < end + 90; i++) assert.equal(line.output[i] * 32768, bed(i + skipped));
  assert.ok(largestStep(line.output) * 32768 <= STEEPEST + (2 * (BED + SPEECH)) / 120);
});

test("frames that come after the clear are waited for as long as the older sound lasts", () => {
  const line = new MixedLine();
  line.send(LEAD);
  line.render(4);
  line.playout.clear({ gen: 2, pos: LEAD, fromPos: 0, continues: true });
  line.render(4);
  assert.equal(line.playout.state, "playing");
  assert.equal(line.playout.cut, null);
});

/** Returns a line whose newer rendering ends one frame after the present position, and the number of samples played so far. */
const slowlyCleared = () => {
  const line = new MixedLine();
  line.playout.target = LEAD;
  line.send(3 * LEAD);
  line.render(2 * Math.floor(LEAD / QUANTUM));
  const played = line.output.length;
  line.clear({ frames: Math.ceil((played - (2 * LEAD - MARGIN)) / FRAME) + 1 });
  return { line, played };
};

test("where the newer rendering comes frame by frame, the older goes on until enough of it is there", () => {
  const { line, played } = slowlyCleared();
  line.render(5);
  line.send(4 * LEAD);
  line.render(10);
  assert.equal(line.playout.counts.underruns, 0);
  assert.ok((line.playout.cut?.pos ?? 0) >= played + 5 * QUANTUM);
  assert.ok(largestStep(line.output) * 32768 <= STEEPEST + SPEECH / 60);
});

test("what was cleared is not heard for longer than a moment, though little of the newer rendering is there at any time", () => {
  const { line, played } = slowlyCleared();
  const patience = 60 * 24;
  for (let rendered = 0; rendered < 2 * patience; rendered += QUANTUM) {
    line.send(FRAME * (Math.ceil((played + rendered) / FRAME) + 1));
    line.render(1);
    if (rendered + QUANTUM < patience) assert.equal(line.playout.cut, null);
  }
  assert.ok((line.playout.cut?.pos ?? Infinity) <= played + patience + 2 * QUANTUM);
});

test("an idle player goes on where the channel is now, not where it was", () => {
  const line = new MixedLine();
  line.send(LEAD);
  line.playout.mayEnd();
  line.render(40);
  assert.equal(line.playout.state, "idle");
  line.clear();
  assert.equal(line.playout.level, 0);
  line.send(2 * LEAD);
  assert.equal(line.playout.level, LEAD);
});

test("a drain that is longer than what is there plays that to its end, and goes on with the bed", () => {
  const line = new MixedLine();
  line.send(LEAD);
  line.render(4);
  line.clear({ drainMs: 5000 });
  line.send(4 * LEAD);
  line.render(40);
  assert.equal(line.playout.counts.underruns, 0);
  const end = line.output.length - 200;
  for (let i = end; i < end + 180; i++) assert.equal(line.output[i] * 32768, bed(i));
});
