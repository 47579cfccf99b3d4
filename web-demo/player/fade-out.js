/** The end of a sound that was cleared: it goes on for a while, and then fades to silence. Confined to the audio thread. */
export class FadeOut {
  #length;
  /** Number of samples before the fade begins. */
  #before;
  /** Number of samples of the fade that are still to come. */
  #left;

  /**
   * @param {{before: number, length: number, gen: number, to: number}} fade in samples; `gen`: the generation that ends; `to`: position after
   *   it
   */
  constructor({ before, length, gen, to }) {
    this.#before = before;
    this.#length = this.#left = length;
    this.gen = gen;
    this.to = to;
  }

  /** Number of samples until silence. */
  get left() {
    return this.#before + this.#left;
  }

  /** Returns how many of the next samples are all unchanged, or all faded. @param {number} count */
  uniform(count) {
    return this.#before > 0 ? Math.min(count, this.#before) : count;
  }

  /**
   * Applies the fade to the next samples, and returns whether it changed them.
   *
   * @param {Float32Array} out
   * @param {number} at
   * @param {number} count
   */
  apply(out, at, count) {
    if (this.#before > 0) {
      this.#before -= count;
      return false;
    }
    for (let i = 0; i < count; i++) out[at + i] *= Math.max(0, this.#left--) / (this.#length + 1);
    return true;
  }
}
