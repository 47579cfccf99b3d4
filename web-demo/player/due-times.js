import { SAMPLES_PER_SECOND } from "./timeline.js";

/** A frame whose time differs by more than this from what the frames before it say begins another stretch of the timeline. */
const SAME_S = 0.0001;
const KEPT = 16;

/** Knows when each sample is due on the server's clock, from the times that the frames carry. Confined to the audio thread. */
export class DueTimes {
  /** Beginnings of stretches, in order. @type {{pos: number, seconds: number}[]} */
  #stretches = [];

  /** @param {number} pos @param {number} tsUs */
  add(pos, tsUs) {
    const seconds = tsUs / 1e6;
    const expected = this.at(pos);
    if (expected !== null && Math.abs(seconds - expected) < SAME_S) return;
    this.#stretches = [...this.#stretches.filter((stretch) => stretch.pos < pos), { pos, seconds }].slice(-KEPT);
  }

  /** Returns when a sample is due, in seconds; null if nothing is known. @param {number} pos */
  at(pos) {
    const stretch = this.#stretches.findLast((one) => one.pos <= pos) ?? this.#stretches[0];
    return stretch ? stretch.seconds + (pos - stretch.pos) / SAMPLES_PER_SECOND : null;
  }

  /** Forgets all times. */
  reset() {
    this.#stretches = [];
  }
}
