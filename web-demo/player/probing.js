/**
 * When the server's clock is probed: a burst when a connection is greeted, and then again and again.
 *
 * @typedef {object} ProbePlan
 * @property {number} first number of probes of the first burst
 * @property {number} everyMs between the probes of a burst
 * @property {number} burst number of probes of each later burst
 * @property {number} pauseMs from burst to burst
 * @property {number} earlyPauseMs the same in the first half minute
 */

/** For figures alone. @type {ProbePlan} */
export const SPARSE = { first: 8, everyMs: 50, burst: 1, pauseMs: 5_000, earlyPauseMs: 5_000 };

/** For players that play in step. @type {ProbePlan} */
export const DENSE = { first: 40, everyMs: 20, burst: 8, pauseMs: 5_000, earlyPauseMs: 2_000 };

const EARLY_MS = 30_000;

/** Counts a connection's probes, and says when the next one is due. */
export class Probing {
  #plan;
  #left;
  #passedMs = 0;

  /** @param {ProbePlan} plan */
  constructor(plan) {
    this.#plan = plan;
    this.#left = plan.first;
  }

  /** Returns how long to wait after a probe. */
  next() {
    const { everyMs, burst, pauseMs, earlyPauseMs } = this.#plan;
    const inBurst = --this.#left > 0;
    if (!inBurst) this.#left = burst;
    const wait = inBurst ? everyMs : this.#passedMs < EARLY_MS ? earlyPauseMs : pauseMs;
    this.#passedMs += wait;
    return wait;
  }
}
