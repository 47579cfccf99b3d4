/** Number of samples that are pulled from the source at a time: few, so that a cut is silent soon. */
const CHUNK = 32;
/** Number of input samples in one output sample. If the device is slower than the timeline, it is longer in proportion. */
const TAPS = 48;
/** Most rows of the table. Rates that would need more are a little less exact. */
const ROWS = 1024;
/** Shape of the Kaiser window: what lies outside the pass-band is 70 dB quieter. */
const BETA = 7;
/** The pass-band's share of what both rates can carry. */
const PASS_BAND = 0.94;

/**
 * Resamples the timeline for a device that runs at another rate, by a table of windowed sincs. It is used if the browser refuses a context at
 * 24 kHz. Confined to the audio thread.
 */
export class Resampler {
  #pull;
  /** For each output sample the place in the input moves on by `#step` / `#parts`. */
  #step;
  #parts;
  #place;
  #taps;
  /** @type {Float32Array[]} */
  #rows;
  #chunk = new Float32Array(CHUNK);
  #next = CHUNK;
  /** The latest inputs, twice one after the other, so that they can be read in one run. */
  #window;
  #newest = 0;

  /**
   * @param {number} fromHz
   * @param {number} toHz
   * @param {(out: Float32Array) => void} pull fills a chunk with the next samples
   */
  constructor(fromHz, toHz, pull) {
    this.#pull = pull;
    const common = greatestDivisor(fromHz, toHz);
    this.#step = fromHz / common;
    this.#parts = toHz / common;
    this.#place = this.#parts;
    const slower = Math.min(1, toHz / fromHz);
    this.#taps = 2 * Math.ceil(TAPS / 2 / slower);
    this.#window = new Float32Array(2 * this.#taps);
    const rows = Math.min(ROWS, this.#parts);
    this.#rows = Array.from({ length: rows }, (_, row) => sincs(this.#taps, row / rows, slower * PASS_BAND));
  }

  /** Number of input samples that were pulled and lie at the next output sample, or after it. */
  get pending() {
    return CHUNK - this.#next + this.#taps / 2 + 1 - this.#place / this.#parts;
  }

  /** @param {Float32Array} out */
  render(out) {
    for (let i = 0; i < out.length; i++) {
      for (; this.#place >= this.#parts; this.#place -= this.#parts) this.#take(this.#sample());
      const row = this.#rows[Math.floor((this.#place * this.#rows.length) / this.#parts)];
      let sum = 0;
      for (let tap = 0; tap < row.length; tap++) sum += row[tap] * this.#window[this.#newest + tap];
      out[i] = sum;
      this.#place += this.#step;
    }
  }

  /** @param {number} sample */
  #take(sample) {
    this.#window[this.#newest] = this.#window[this.#newest + this.#taps] = sample;
    this.#newest = (this.#newest + 1) % this.#taps;
  }

  #sample() {
    if (this.#next === CHUNK) {
      this.#pull(this.#chunk);
      this.#next = 0;
    }
    return this.#chunk[this.#next++];
  }
}

/**
 * Returns the weights of the inputs, the oldest first, for an output that lies `part` of a sample after the middle one.
 *
 * @param {number} taps
 * @param {number} part 0 to 1
 * @param {number} band 0 to 1: the share of the input's spectrum that passes
 */
function sincs(taps, part, band) {
  const weights = Float64Array.from({ length: taps }, (_, tap) => {
    const distance = tap - (taps / 2 - 1) - part;
    const x = Math.PI * band * distance;
    return (x === 0 ? 1 : Math.sin(x) / x) * kaiser(distance / (taps / 2));
  });
  const sum = weights.reduce((total, weight) => total + weight);
  return Float32Array.from(weights, (weight) => weight / sum);
}

/** @param {number} x -1 to 1 */
const kaiser = (x) => bessel(BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(BETA);

/** The modified Bessel function of order 0. @param {number} x */
function bessel(x) {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-9; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** @param {number} a @param {number} b @returns {number} */
const greatestDivisor = (a, b) => (b === 0 ? a : greatestDivisor(b, a % b));
