import { SAMPLES_PER_MS } from "./timeline.js";

/** So much of the newer rendering is to be there behind the fade, in samples: its frames come one by one, and the next may be a little late. */
const RESERVE = 60 * SAMPLES_PER_MS;
/** For so long that is waited for while the older one goes on: what was cleared must not be heard much longer. */
const LONGEST_WAIT = 60 * SAMPLES_PER_MS;

/**
 * The place where play-out goes over to another rendering of the same time: the bed goes on, the speech does not. Both renderings are in the
 * ring, each at its own positions; between them lies a fixed distance. Confined to the audio thread.
 */
export class Splice {
  #length;
  #from;

  /** Where the fade ends; known once it has begun. */
  to = Infinity;

  /**
   * @param {{gen: number, limit: number, offset: number, from: number, length: number}} splice `gen`: of the older rendering; `limit`: behind
   *   its last sample; `offset`: how much further on the newer lies; `from`: no sooner; `length`: of the fade, in samples
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

  /** Goes over to an even newer rendering instead; only before it has begun. @param {{offset: number, from: number, length: number}} later */
  retarget({ offset, from, length }) {
    this.offset += offset;
    this.#from = Math.min(this.#from, from);
    this.#length = length;
  }

  /** How many samples of the older rendering may be played as they are. @param {import("./ring.js").SampleRing} ring @param {number} position */
  unchanged(ring, position) {
    const left = Math.max(0, Math.min(ring.readable(position), this.limit - position));
    const rest = left - this.#length; // the fade needs what comes after it
    if (rest > 0 && position < this.#from) return Math.min(rest, this.#from - position);
    const length = Math.min(this.#length, left);
    const cushion = position < this.#from + LONGEST_WAIT ? RESERVE : 0;
    if (left > 0 && ring.readable(position + this.offset) < length + cushion) return left; // the newer one is not here yet
    this.#length = length;
    this.to = position + length;
    return 0;
  }

  /**
   * Fills a part of `out` with the fade and says how much; the two renderings are nearly the same sound, so it is a straight one.
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
