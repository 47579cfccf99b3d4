/** Number of samples that are pulled from the source at a time. */
const CHUNK = 128;

/**
 * Resamples the timeline for a device that runs at another rate, by four-point Hermite interpolation. It is used if the browser refuses a
 * context at 24 kHz. It delays the sound by three samples. Confined to the audio thread.
 */
export class Resampler {
  #step;
  #pull;
  #chunk = new Float32Array(CHUNK);
  #next = CHUNK;
  #window = new Float32Array(4);
  #phase = 4;

  /**
   * @param {number} fromHz
   * @param {number} toHz
   * @param {(out: Float32Array) => void} pull fills a chunk with the next samples
   */
  constructor(fromHz, toHz, pull) {
    this.#step = fromHz / toHz;
    this.#pull = pull;
  }

  /** @param {Float32Array} out */
  render(out) {
    for (let i = 0; i < out.length; i++) {
      while (this.#phase >= 1) {
        this.#phase--;
        this.#window.copyWithin(0, 1);
        this.#window[3] = this.#sample();
      }
      out[i] = hermite(this.#window, this.#phase);
      this.#phase += this.#step;
    }
  }

  #sample() {
    if (this.#next === CHUNK) {
      this.#pull(this.#chunk);
      this.#next = 0;
    }
    return this.#chunk[this.#next++];
  }
}

/** Interpolates between the two middle points. @param {Float32Array} points four points @param {number} t 0 to 1 */
function hermite([a, b, c, d], t) {
  const slope = (c - a) / 2;
  const nextSlope = (d - b) / 2;
  const cubic = 2 * (b - c) + slope + nextSlope;
  const square = 3 * (c - b) - 2 * slope - nextSlope;
  return ((cubic * t + square) * t + slope) * t + b;
}
