import assert from "node:assert/strict";
import { JitterEstimator } from "../player/estimator.js";
import { LAST } from "../player/frames.js";
import { Playout } from "../player/playout.js";
import { SampleRing } from "../player/ring.js";

const FRAME = 480;
const FRAME_MS = 20;
const QUANTUM = 128;
const QUANTUM_MS = QUANTUM / 24;

/**
 * A gateway, its network and a player without the browser, in virtual time. The gateway releases frames at the pace of speech, as early as
 * its lead allows. The network delays each by what `delayMs` says, and keeps their order.
 */
export class VirtualLine {
  #sample;
  #delayMs;
  #cuts;
  #joinsBackMs;
  #released = 0;
  #lastArrivalMs = 0;
  /** @type {{pos: number, atMs: number, flags: number, replayed: boolean}[]} */
  #onTheWay = [];
  #stalledBefore = 0;
  #sentUntil = Infinity;
  #was = "idle";

  nowMs = 0;
  playout;
  estimator;
  /** @type {{pos: number, count: number}[]} */
  runs = [];
  /** What the player did to the sound's length, and when. @type {(import("../player/playhead.js").TimeScaling & {atMs: number})[]} */
  scalings = [];
  /** Samples that were altered though nobody told so. */
  altered = 0;
  /** Everything that was rendered. @type {Float32Array[]} */
  output = [];
  /**
   * What was observed after each quantum.
   *
   * @type {{atMs: number, level: number, target: number, position: number, underruns: number, state: string}[]}
   */
  trace = [];

  /** Number of samples that arrived so far. */
  arrived = 0;

  /**
   * @param {{leadMs?: number, sample?: (index: number) => number, delayMs?: import("./traces.js").Network, limits?: object,
   *   seconds?: number, cuts?: {everyMs: number, awayMs: () => number}, joinsBackMs?: number}} [options] `seconds`: length of the sound;
   *   `cuts`: how often the line is cut, and how long it takes until what was missed comes in a replay; `joinsBackMs`: how much was released
   *   already, and comes in a replay first
   */
  constructor({
    leadMs = 100,
    sample = () => 1000,
    delayMs = () => 2,
    limits = {},
    seconds = Infinity,
    cuts,
    joinsBackMs = 0,
  } = {}) {
    this.#joinsBackMs = joinsBackMs;
    this.#cuts = cuts ? { ...cuts, fromMs: cuts.everyMs, untilMs: cuts.everyMs + cuts.awayMs() } : null;
    this.leadMs = leadMs;
    this.#sample = sample;
    this.#delayMs = delayMs;
    this.#sentUntil = Math.ceil((seconds * 1000) / FRAME_MS);
    this.estimator = new JitterEstimator(limits);
    this.playout = new Playout(new SampleRing(), {
      played: (pos, out, at, count) => this.#played(pos, out, at, count),
      scaled: (scaling) => this.scalings.push({ ...scaling, atMs: this.nowMs }),
    });
    this.playout.lead = leadMs * 24;
    this.playout.target = Math.max(leadMs, this.estimator.targetMs) * 24;
  }

  /** Lets so much time pass. @param {number} ms */
  run(ms) {
    for (const until = this.nowMs + ms; this.nowMs < until; this.nowMs += QUANTUM_MS) {
      this.#release();
      this.#arrive();
      const out = new Float32Array(QUANTUM);
      this.playout.render(out);
      this.output.push(out);
      this.#learn();
      const { level, target, position, counts, state } = this.playout;
      const { underruns } = counts;
      this.trace.push({ atMs: this.nowMs, level: level / 24, target: target / 24, position, underruns, state });
    }
  }

  /** The least that was buffered in the last half second, minus the target, in ms. */
  get excessMs() {
    const recent = this.trace.filter(({ atMs }) => atMs > this.nowMs - 500);
    return Math.min(...recent.map(({ level }) => level)) - this.trace.at(-1).target;
  }

  /** Lengths of all halts of the sound so far, in ms. */
  get halts() {
    const halts = [];
    let last = "";
    for (const { state } of this.trace) {
      if (state === "stalled" && last !== "stalled") halts.push(0);
      if (state === "stalled") halts[halts.length - 1] += QUANTUM_MS;
      last = state;
    }
    return halts;
  }

  /**
   * Checks that every sample up to the position was heard once, unaltered, but for those that a change of the sound's length names; and that
   * the totals say the same.
   */
  assertAccounted() {
    assert.equal(this.altered, 0, "samples altered");
    const named = this.scalings.filter(({ inserted }) => inserted === 0);
    const pieces = [...this.runs.map(({ pos, count }) => ({ from: pos, to: pos + count })), ...named.map(spanOf)];
    pieces.sort((a, b) => a.from - b.from);
    let next = 0;
    for (const { from, to } of pieces) {
      assert.equal(from, next, from < next ? "samples repeated" : "samples lost");
      next = to;
    }
    const { received, played, removed, inserted, lost, skipped } = this.playout.counts;
    assert.equal(received, this.arrived);
    assert.deepEqual([lost, skipped], [0, 0]);
    if (this.playout.position !== next) return; // a change of the sound's length is under way
    assert.equal(received - this.playout.level, played + removed - inserted);
  }

  #release() {
    for (; this.#released < this.#sentUntil; this.#released++) {
      const dueMs = this.#released * FRAME_MS - this.#joinsBackMs;
      const releasedMs = Math.max(0, dueMs - this.leadMs);
      if (releasedMs > this.nowMs) return;
      const replayed = this.#isCutAt(releasedMs) || (this.#joinsBackMs > 0 && releasedMs === 0);
      const comesMs = replayed ? (this.#cuts?.untilMs ?? 2) : releasedMs + this.#delayMs(releasedMs);
      const atMs = Math.max(this.#lastArrivalMs, comesMs);
      this.#lastArrivalMs = atMs;
      const flags = this.#released === this.#sentUntil - 1 ? LAST : 0;
      this.#onTheWay.push({ pos: this.#released * FRAME, atMs, flags, replayed });
    }
  }

  /** @param {number} ms */
  #isCutAt(ms) {
    const cuts = this.#cuts;
    if (!cuts) return false;
    if (ms >= cuts.untilMs) {
      cuts.fromMs += cuts.everyMs;
      cuts.untilMs = cuts.fromMs + cuts.awayMs();
    }
    return ms >= cuts.fromMs;
  }

  #arrive() {
    while (this.#onTheWay.length > 0 && this.#onTheWay[0].atMs <= this.nowMs) {
      const { pos, atMs, flags, replayed } = /** @type {any} */ (this.#onTheWay.shift());
      if (!replayed) this.estimator.observe(atMs, (pos / FRAME) * FRAME_MS);
      this.#aim();
      const samples = new Int16Array(FRAME);
      for (let i = 0; i < FRAME; i++) samples[i] = this.#sample(pos + i);
      this.playout.write(
        { type: 1, flags, gen: 1, seq: 0, pos, tsUs: 0, count: FRAME, samples, packet: null },
        replayed,
      );
      this.arrived += FRAME;
    }
  }

  #learn() {
    const { state, counts } = this.playout;
    if (this.#was === "stalled" && state !== "stalled") {
      this.estimator.underran((counts.stalled - this.#stalledBefore) / 24);
      this.#stalledBefore = counts.stalled;
      this.#aim();
    }
    this.#was = state;
  }

  #aim() {
    this.playout.network = this.estimator.targetMs * 24;
    this.playout.target = Math.max(this.leadMs, this.estimator.targetMs) * 24;
  }

  #played(pos, out, at, count) {
    for (let i = 0; i < count; i++) if (out[at + i] * 32768 !== this.#sample(pos + i)) this.altered++;
    const run = this.runs.at(-1);
    if (run && run.pos + run.count === pos) run.count += count;
    else this.runs.push({ pos, count });
  }
}

/** The samples that are not heard as they were sent. @param {import("../player/playhead.js").TimeScaling} scaling */
const spanOf = ({ pos, removed, blended }) => ({ from: pos, to: pos + removed + blended });
