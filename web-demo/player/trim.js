/**
 * A stretch of sound that is played a little faster or slower, so that one sample less or more is heard: it is interpolated with four points.
 * Before and after it the sound is played sample by sample. It has the form of a join. Confined to the audio thread.
 *
 * @see import("./join.js").Join
 */
export class Trim {
  /** Number of samples that were rendered so far. */
  filled = 0;

  /** @param {{pos: number, offset: 1 | -1, length: number}} trim `offset`: 1 leaves a sample out, -1 adds one; `length`: of what is heard */
  constructor({ pos, offset, length }) {
    this.pos = pos;
    this.offset = offset;
    this.length = length;
  }

  /** Number of samples still to be rendered. */
  get left() {
    return this.length - this.filled;
  }

  /** Position of the sample that is heard next. */
  get place() {
    return this.pos + Math.floor((this.filled * (this.length + this.offset)) / this.length);
  }

  /** Position that follows it. */
  get end() {
    return this.pos + this.length + this.offset;
  }

  /**
   * Fills a part of `out`, and returns how many samples.
   *
   * @param {import("./ring.js").SampleRing} ring one sample before and two after the stretch are read too
   * @param {Float32Array} out
   * @param {number} at
   * @param {number} count the most to fill
   */
  fill(ring, out, at, count) {
    count = Math.min(count, this.left);
    const step = (this.length + this.offset) / this.length;
    for (let i = 0; i < count; i++) {
      const place = this.filled++ * step;
      const whole = Math.floor(place);
      out[at + i] = hermite(ring, this.pos + whole, place - whole);
    }
    return count;
  }
}

/** Interpolates after a sample. @param {import("./ring.js").SampleRing} ring @param {number} pos @param {number} part 0 to 1 */
function hermite(ring, pos, part) {
  const [a, b, c, d] = [ring.at(pos - 1), ring.at(pos), ring.at(pos + 1), ring.at(pos + 2)];
  const slope = (c - a) / 2;
  const nextSlope = (d - b) / 2;
  const cubic = 2 * (b - c) + slope + nextSlope;
  const square = 3 * (c - b) - 2 * slope - nextSlope;
  return Math.max(-1, Math.min(1, ((cubic * part + square) * part + slope) * part + b));
}
