import { LONGEST_LAG, repetitionBefore } from "./similarity.js";
import { SAMPLES_PER_MS as MS } from "./timeline.js";

/** Length of the fade if the sound has a period, and if it has none. */
const TONAL = 60 * MS;
const TONELESS = 10 * MS;
const SIMILAR = 0.5;
const COMPARED = 10 * MS;

/**
 * What is heard where the network breaks the sound off: its last period again and again, fading to silence. It stands for no sample of the
 * timeline, so nothing is lost by it. Confined to the audio thread.
 */
export class Concealment {
  #period = new Float32Array(LONGEST_LAG);
  #lag = 0;
  #length = 0;
  #filled = 0;

  get active() {
    return this.#filled < this.#length;
  }

  stop() {
    this.#length = 0;
  }

  /**
   * Begins after the last sample that was played.
   *
   * @param {import("./ring.js").SampleRing} ring
   * @param {number} pos position after that sample
   * @param {number} history number of samples before it that belong to the same sound
   * @returns {boolean} false if there is too little sound to go on with
   */
  begin(ring, pos, history) {
    this.#length = this.#filled = 0;
    if (history < LONGEST_LAG + COMPARED) return false;
    const { lag, similarity } = repetitionBefore(ring, pos - COMPARED, COMPARED, LONGEST_LAG);
    if (similarity < 0) return false;
    this.#lag = lag;
    ring.read(pos - lag, this.#period, 0, lag);
    this.#length = similarity > SIMILAR ? TONAL : TONELESS;
    return true;
  }

  /** Fills a part of `out`, and returns how many samples. @param {Float32Array} out @param {number} at */
  fill(out, at) {
    const count = Math.min(this.#length - this.#filled, out.length - at);
    for (let i = 0; i < count; i++) {
      const gain = 1 - (this.#filled + 1) / (this.#length + 1);
      out[at + i] = this.#period[this.#filled++ % this.#lag] * gain;
    }
    return count;
  }
}
