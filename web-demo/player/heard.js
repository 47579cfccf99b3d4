import { SAMPLES_PER_SECOND } from "./timeline.js";

/** Marks this old are no longer leaving the device. */
const KEPT_SECONDS = 3;

/**
 * What the audio thread said about itself: at context time `time` the sample `pos` enters the device.
 *
 * @typedef {{time: number, pos: number, gen: number, playing: boolean}} PositionReport
 */

/** Knows which sample leaves the output at a given time, the device's latency taken off. */
export class HeardPosition {
  /** @type {PositionReport[]} */
  #reports = [];

  /** @param {PositionReport} report later than the marks before */
  add(report) {
    this.#reports.push(report);
    while (this.#reports.length > 2 && this.#reports[1].time < report.time - KEPT_SECONDS) this.#reports.shift();
  }

  /** Another timeline begins. */
  reset() {
    this.#reports = [];
  }

  /**
   * The sample that leaves the output, and its generation.
   *
   * @param {number} time of the audio context, at the output
   */
  at(time) {
    const index = this.#reports.findLastIndex((report) => report.time <= time);
    if (index < 0) return { pos: this.#reports[0]?.pos ?? 0, gen: this.#reports[0]?.gen ?? 0 };
    const { pos, gen, playing, time: since } = this.#reports[index];
    const next = this.#reports[index + 1];
    const moved = playing ? Math.floor((time - since) * SAMPLES_PER_SECOND) : 0;
    return { pos: Math.min(pos + moved, next?.pos ?? Infinity), gen };
  }
}
