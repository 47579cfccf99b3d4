import { Splice } from "./splice.js";

/** The renderings of one moment that play-out goes through, in order, each with the cross-fade to the next. Confined to the audio thread. */
export class Renderings {
  /** @type {Splice[]} */
  #splices = [];

  /** The cross-fade that comes next. @returns {Splice | undefined} */
  get next() {
    return this.#splices[0];
  }

  /** Returns where a position is in the newest rendering. @param {number} position */
  newest(position) {
    return this.#splices.reduce((heard, { offset }) => heard + offset, position);
  }

  /**
   * Plans the cross-fade to a newer rendering.
   *
   * @param {{gen: number, pos: number, fromPos: number, position: number, drain: number, fade: number}} newer `gen`: the older generation;
   *   what was at `fromPos` is now at `pos`; `position`: the present one; `drain` and `fade` in samples
   */
  add({ gen, pos, fromPos, position, drain, fade }) {
    const last = this.#splices.at(-1);
    // In positions of the older generation. A player that is further behind than `fromPos` continues at `pos`.
    const from = this.newest(position) + drain;
    const offset = pos - Math.min(fromPos, from);
    if (last && !last.begun) last.retarget({ offset, from: from - last.offset, length: fade });
    else this.#splices.push(new Splice({ gen, limit: pos, offset, from, length: fade }));
  }

  /** Removes the cross-fade that has ended. */
  shift() {
    this.#splices.shift();
  }

  /** Forgets all of them. */
  drop() {
    this.#splices = [];
  }

  /** Forgets all of them, and returns the position at which the newest rendering may be played. @param {number} position */
  jump(position) {
    const to = Math.max(this.newest(position), ...this.#splices.map(({ limit }) => limit));
    this.#splices = [];
    return to;
  }
}
