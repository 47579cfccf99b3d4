import { SAMPLES_PER_MS } from "./timeline.js";

const LENGTH = 5 * SAMPLES_PER_MS;
/** A smaller step is not heard as a click. */
const STEP = 1 / 64;

/** A short straight line between two levels, where the sound breaks off or sets in: no click, and no sample of the timeline altered. */
export class Ramp {
  #from = 0;
  #to = 0;
  #left = 0;

  /** The level that left last. */
  last = 0;

  get active() {
    return this.#left > 0;
  }

  /** Leads from the last level to another; does nothing where the step is small. @param {number} level */
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

  /** Fills what it can of `out` from `at` on and says how much. @param {Float32Array} out @param {number} at */
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
