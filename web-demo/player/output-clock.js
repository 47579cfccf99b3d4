const WINDOW_MS = 4_000;
/** The first time stamps of an output are not to be trusted. */
const SETTLES_MS = 1_000;
/** If all stamps of the last second are off by more than this, the device has changed. */
const STEP_S = 0.005;
const LEAST_EVERY_MS = 50;

/**
 * Relates the audio context's time at the output to the page's clock. Single time stamps scatter by milliseconds, so the median of the last
 * four seconds counts. Confined to the page's thread.
 */
export class OutputClock {
  /** @type {{atMs: number, offset: number}[]} */
  #stamps = [];
  #firstMs = Infinity;

  /**
   * Takes one stamp: at `atMs` the sound of the context's time `time` leaves the output.
   *
   * @param {number} time in seconds
   * @param {number} atMs
   */
  add(time, atMs) {
    this.#firstMs = Math.min(this.#firstMs, atMs);
    const last = this.#stamps.at(-1);
    if (atMs - this.#firstMs < SETTLES_MS || (last && atMs - last.atMs < LEAST_EVERY_MS)) return;
    this.#stamps.push({ atMs, offset: time - atMs / 1000 });
    this.#stamps = this.#stamps.filter((stamp) => stamp.atMs > atMs - WINDOW_MS);
    this.#follow(atMs);
  }

  reset() {
    this.#stamps = [];
    this.#firstMs = Infinity;
  }

  /** The context's time at the output minus the page's clock, in seconds; null until it is known. */
  get offset() {
    return this.#stamps.length > 0 ? median(this.#stamps) : null;
  }

  /** Forgets older stamps if the device has changed. @param {number} nowMs */
  #follow(nowMs) {
    const recent = this.#stamps.filter(({ atMs }) => atMs > nowMs - SETTLES_MS);
    if (recent.length === this.#stamps.length || nowMs - this.#stamps[0].atMs < 2 * SETTLES_MS) return;
    const middle = median(this.#stamps.slice(0, -recent.length));
    const [first] = recent;
    const side = Math.sign(first.offset - middle);
    if (recent.every(({ offset }) => (offset - middle) * side > STEP_S)) this.#stamps = recent;
  }
}

/** @param {{offset: number}[]} stamps */
function median(stamps) {
  const sorted = stamps.map(({ offset }) => offset).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
