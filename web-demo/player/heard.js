const TIMELINE_HZ = 24000;
/** Marks this old are no longer leaving the device. */
const KEPT_SECONDS = 3;

/**
 * What the audio thread said about itself: at context time `time` the sample `pos` enters the device.
 *
 * @typedef {{time: number, pos: number, gen: number, playing: boolean}} Mark
 */

/** Knows which sample leaves the output at a given time, the device's latency taken off. */
export class HeardPosition {
  /** @type {Mark[]} */
  #marks = [];

  /** @param {Mark} mark later than the marks before */
  add(mark) {
    this.#marks.push(mark);
    while (this.#marks.length > 2 && this.#marks[1].time < mark.time - KEPT_SECONDS) this.#marks.shift();
  }

  /** Another timeline begins. */
  reset() {
    this.#marks = [];
  }

  /**
   * The sample that leaves the output, and its generation.
   *
   * @param {number} time of the audio context, at the output
   */
  at(time) {
    const index = this.#marks.findLastIndex((mark) => mark.time <= time);
    if (index < 0) return { pos: this.#marks[0]?.pos ?? 0, gen: this.#marks[0]?.gen ?? 0 };
    const { pos, gen, playing, time: since } = this.#marks[index];
    const next = this.#marks[index + 1];
    const moved = playing ? Math.floor((time - since) * TIMELINE_HZ) : 0;
    return { pos: Math.min(pos + moved, next?.pos ?? Infinity), gen };
  }
}
