import { SAMPLES_PER_MS } from "./timeline.js";

/** Samples of the newer rendering that must be buffered beyond the fade, because its next frame may be a little late. */
const RESERVE = 60 * SAMPLES_PER_MS;
/** Longest wait for these samples: what was cleared must not be heard much longer. */
const LONGEST_WAIT = 60 * SAMPLES_PER_MS;

/**
 * The place where play-out cross-fades to another rendering of the same moment: the bed continues, the speech does not. Both renderings
 * are in the ring, a fixed number of positions apart. Confined to the audio thread.
 *
 * @see ../../docs/adr/0028-a-mix-goes-on-through-a-clear.md
 */
export class Splice {
  #length;
  #from;

  /** Position at which the fade ends; known once it has begun. */
  to = Infinity;

  /**
   * @param {{gen: number, limit: number, offset: number, from: number, length: number}} splice `gen`: generation of the
   *   older rendering; `limit`: position after its last sample; `offset`: distance from the older to the newer rendering; `from`: position
   *   before which the fade must not begin; `length`: length of the fade; all in samples
   */
  constructor({ gen, limit, offset, from, length }) {
    this.gen = gen;
    this.limit = limit;
    this.offset = offset;
    this.#from = from;
    this.#length = length;
  }

  get begun() {
    return this.to < Infinity;
  }

  /**
   * Changes the target to an even newer rendering. Allowed only before the fade has begun.
   *
   * @param {{offset: number, from: number, length: number}} later
   */
  retarget({ offset, from, length }) {
    this.offset += offset;
    this.#from = Math.min(this.#from, from);
    this.#length = length;
  }

  /**
   * Returns how many samples of the older rendering may be played unchanged.
   *
   * @param {import("./ring.js").SampleRing} ring
   * @param {number} position
   */
  unchanged(ring, position) {
    const left = Math.max(0, Math.min(ring.readable(position), this.limit - position));
    const rest = left - this.#length; // the fade needs the samples that come after it
    if (rest > 0 && position < this.#from) return Math.min(rest, this.#from - position);
    const length = Math.min(this.#length, left);
    const reserve = position < this.#from + LONGEST_WAIT ? RESERVE : 0;
    if (left > 0 && ring.readable(position + this.offset) < length + reserve) return left; // the newer rendering has not arrived yet
    this.#length = length;
    this.to = position + length;
    return 0;
  }

  /**
   * Fills a part of `out` with the fade, and returns how many samples. The fade is linear, because both renderings are nearly the same
   * sound.
   *
   * @param {import("./ring.js").SampleRing} ring
   * @param {number} position
   * @param {Float32Array} out
   * @param {number} at
   */
  fill(ring, position, out, at) {
    const count = Math.min(this.to - position, out.length - at);
    for (let i = 0; i < count; i++) {
      const newer = (position + i + 1 - (this.to - this.#length)) / (this.#length + 1);
      const next = position + i;
      out[at + i] = ring.at(next) * (1 - newer) + ring.at(next + this.offset) * newer;
    }
    return count;
  }
}
