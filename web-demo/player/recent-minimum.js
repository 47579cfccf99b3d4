const SLOTS = 10;

/** The smallest level of the last 500 ms. It is unknown until so much time has passed. Confined to the audio thread. */
export class RecentMinimum {
  #slots = new Float64Array(SLOTS);
  #slotSamples;
  #known = 0;
  #next = 0;
  #lowest = Infinity;
  #passed = 0;

  /** @param {number} samples length of the window */
  constructor(samples) {
    this.#slotSamples = samples / SLOTS;
  }

  /** Forgets everything. */
  reset() {
    this.#known = this.#passed = 0;
    this.#lowest = Infinity;
  }

  /** Takes the level that held for so many samples. @param {number} count @param {number} level */
  add(count, level) {
    this.#lowest = Math.min(this.#lowest, level);
    this.#passed += count;
    if (this.#passed < this.#slotSamples) return;
    this.#slots[this.#next] = this.#lowest;
    this.#next = (this.#next + 1) % SLOTS;
    this.#known = Math.min(SLOTS, this.#known + 1);
    this.#passed = 0;
    this.#lowest = Infinity;
  }

  /** Moves all levels, because the sound's length was changed. @param {number} samples */
  shift(samples) {
    for (let i = 0; i < SLOTS; i++) this.#slots[i] += samples;
    this.#lowest += samples;
  }

  /** @returns {number | null} */
  get value() {
    if (this.#known < SLOTS) return null;
    return this.#slots.reduce((least, level) => Math.min(least, level), this.#lowest);
  }
}
