import { SAMPLES_PER_SECOND } from "./timeline.js";

/** Reports older than this are dropped: their samples have left the device. */
const KEPT_SECONDS = 3;

/**
 * One report of the audio thread: at context time `time` the sample `pos` enters the device.
 *
 * @typedef {{time: number, pos: number, gen: number, playing: boolean}} PositionReport
 */

/** Computes which sample leaves the output at a given time, from the audio thread's reports. */
export class HeardPosition {
  /** @type {PositionReport[]} */
  #reports = [];

  /** @param {PositionReport} report later than all reports before */
  add(report) {
    this.#reports.push(report);
    while (this.#reports.length > 2 && this.#reports[1].time < report.time - KEPT_SECONDS) this.#reports.shift();
  }

  /** Forgets all reports, because another timeline begins. */
  reset() {
    this.#reports = [];
  }

  /**
   * Returns the position that leaves the output, and its generation.
   *
   * @param {number} time the audio context's time at the output
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
