import { SAMPLES_PER_MS } from "./timeline.js";

const LENGTH = 5 * SAMPLES_PER_MS;
/** Smaller steps are not heard as a click. */
const STEP = 1 / 64;

/** A linear ramp of 5 ms between two levels where sound begins or ends. It prevents a click, and alters no sample of the timeline. */
export class Ramp {
  #from = 0;
  #to = 0;
  #left = 0;

  /** The level that was played last. */
  last = 0;

  get active() {
    return this.#left > 0;
  }

  /** Returns how many samples a ramp to another level takes: none if the step is small. @param {number} level */
  lengthTo(level) {
    return Math.abs(level - this.last) < STEP ? 0 : LENGTH;
  }

  /** Begins a ramp from the last level to another. Does nothing if the step is small. @param {number} level */
  to(level) {
    if (Math.abs(level - this.last) < STEP) {
      this.#left = 0;
      if (level === 0) this.last = 0;
      return;
    }
    this.#from = this.last;
    this.#to = level;
    this.#left = LENGTH;
  }

  /** Fills a part of `out` from `at` on, and returns how many samples. @param {Float32Array} out @param {number} at */
  fill(out, at) {
    const count = Math.min(this.#left, out.length - at);
    for (let i = 0; i < count; i++) {
      this.#left--;
      this.last = this.#from + ((this.#to - this.#from) * (LENGTH - this.#left)) / LENGTH;
      out[at + i] = this.last;
    }
    return count;
  }
}
