/**
 * One change of the sound's length: a cross-fade from the sound at a position to that `offset` samples further on, or back. Further on,
 * samples are removed; back, they are inserted. The pitch stays, because both are nearly the same sound. Confined to the audio thread.
 */
export class Join {
  #similarity;
  /** Number of samples that were rendered so far. */
  filled = 0;

  /**
   * @param {{pos: number, offset: number, length: number, similarity: number}} join `length`: of the cross-fade, not longer than the
   *   distance back; `similarity`: of the two sounds, at most 1
   */
  constructor({ pos, offset, length, similarity }) {
    this.pos = pos;
    this.offset = offset;
    this.length = length;
    this.#similarity = Math.max(0, similarity);
  }

  /** Number of samples still to be rendered. */
  get left() {
    return this.length - this.filled;
  }

  /** Position that is told while it is heard. */
  get place() {
    return this.pos;
  }

  /** Position that follows it. */
  get end() {
    return this.pos + this.length + this.offset;
  }

  /**
   * Fills a part of `out`, and returns how many samples. The less similar the two sounds are, the more they are amplified in the middle, so
   * that the sound does not become quieter there.
   *
   * @param {import("./ring.js").SampleRing} ring
   * @param {Float32Array} out
   * @param {number} at
   * @param {number} count the most to fill
   */
  fill(ring, out, at, count) {
    count = Math.min(count, this.left);
    for (let i = 0; i < count; i++) {
      const from = this.pos + this.filled++;
      const later = this.filled / (this.length + 1);
      const earlier = 1 - later;
      const power = earlier * earlier + later * later + 2 * earlier * later * this.#similarity;
      const sample = (earlier * ring.at(from) + later * ring.at(from + this.offset)) / Math.sqrt(power);
      out[at + i] = Math.max(-1, Math.min(1, sample));
    }
    return count;
  }
}
