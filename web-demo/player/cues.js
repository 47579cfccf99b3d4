/** Actions that run when a position of the timeline is heard. Actions of the same position run in the order in which they were set. */
export class Cues {
  /** @type {{pos: number, run: () => void}[]} */
  #waiting = [];

  /** @param {number} pos @param {() => void} run */
  set(pos, run) {
    const index = this.#waiting.findIndex((cue) => cue.pos > pos);
    this.#waiting.splice(index < 0 ? this.#waiting.length : index, 0, { pos, run });
  }

  /** Removes the cues after `pos`, which will not be heard. @param {number} pos */
  drop(pos) {
    this.#waiting = this.#waiting.filter((cue) => cue.pos <= pos);
  }

  /** Runs the cues up to `pos`: everything before it was heard. @param {number} pos */
  heard(pos) {
    while (this.#waiting.length > 0 && this.#waiting[0].pos <= pos) this.#waiting.shift()?.run();
  }
}
