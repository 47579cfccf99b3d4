/** Number of samples that one spectrum is made of, and half of it the step to the next one. */
export const WINDOW = 1024;
const STEP = WINDOW / 2;

/** A Hann window keeps a tone in its own place. */
const HANN = Float64Array.from({ length: WINDOW }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW));
/** What a full-scale sine gives in its place of the windowed transform. */
const FULL_SCALE = WINDOW / 4;
const SILENCE_DB = -120;

/** Cuts a stream of samples into overlapping windows, and gives the spectrum of each. */
export class SpectrumStream {
  #take;
  #window = new Float64Array(WINDOW);
  #filled = 0;

  /** @param {(levelsDb: Float32Array) => void} take gets the level of each place from 0 Hz to half the rate, in dB of full scale */
  constructor(take) {
    this.#take = take;
  }

  /** @param {Int16Array} samples */
  add(samples) {
    for (const sample of samples) {
      this.#window[this.#filled++] = sample / 32768;
      if (this.#filled < WINDOW) continue;
      this.#take(spectrum(this.#window));
      this.#window.copyWithin(0, STEP);
      this.#filled = WINDOW - STEP;
    }
  }
}

/** Returns the level of each place of a window of samples, in dB of full scale. @param {Float64Array} samples */
export function spectrum(samples) {
  const real = samples.map((sample, i) => sample * (HANN[i] ?? 0));
  const imaginary = new Float64Array(WINDOW);
  transform(real, imaginary);
  return Float32Array.from({ length: WINDOW / 2 }, (_, i) => {
    const size = Math.hypot(real[i] ?? 0, imaginary[i] ?? 0) / FULL_SCALE;
    return size > 1e-6 ? 20 * Math.log10(size) : SILENCE_DB;
  });
}

/** Transforms in place, by the fast Fourier transform of radix two. @param {Float64Array} real @param {Float64Array} imaginary */
function transform(real, imaginary) {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) for (const part of [real, imaginary]) [part[i], part[j]] = [part[j] ?? 0, part[i] ?? 0];
  }
  for (let size = 2; size <= length; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const cos = Math.cos((-2 * Math.PI * k) / size);
      const sin = Math.sin((-2 * Math.PI * k) / size);
      for (let a = k; a < length; a += size) butterfly(real, imaginary, a, a + size / 2, cos, sin);
    }
  }
}

/** @param {Float64Array} real @param {Float64Array} imaginary @param {number} a @param {number} b @param {number} cos @param {number} sin */
function butterfly(real, imaginary, a, b, cos, sin) {
  const turnedReal = /** @type {number} */ (real[b]) * cos - /** @type {number} */ (imaginary[b]) * sin;
  const turnedImaginary = /** @type {number} */ (real[b]) * sin + /** @type {number} */ (imaginary[b]) * cos;
  real[b] = /** @type {number} */ (real[a]) - turnedReal;
  imaginary[b] = /** @type {number} */ (imaginary[a]) - turnedImaginary;
  real[a] = /** @type {number} */ (real[a]) + turnedReal;
  imaginary[a] = /** @type {number} */ (imaginary[a]) + turnedImaginary;
}
