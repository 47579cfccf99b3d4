const CHECK_EVERY_MS = 250;
/** A check that comes so late says that the whole machine is busy, not that the output is broken. */
const LATE_MS = 2 * CHECK_EVERY_MS;
const FROZEN_AFTER_MS = 1_000;
/** Another output that has run for so long meanwhile shows that the machine is not just busy. */
const PROVEN_S = 1;
/** Another output that does not run by then waits for a gesture. It takes the place all the same, so that it can be unlocked. */
const REPLACED_AFTER_MS = 6_000;
/** What browsers take as a gesture that allows sound. */
const GESTURES = ["pointerup", "touchend", "keydown"];

/**
 * @typedef {object} WatchedOutput
 * @property {string} state of the audio context; on iOS also `interrupted`
 * @property {number} time of the audio context
 * @property {() => Promise<void>} resume
 */

/**
 * Keeps an output running that once ran. While it is interrupted, by a call for example, it is left alone. One that is suspended is resumed at
 * the next gesture. If one says that it runs while its time stands still, another one is started. If that one runs for a second meanwhile, the
 * output is broken, which happens on iOS, and is replaced, at last also by one that a browser does not let run. If its own time moves first, the
 * machine was only busy, and no sound is lost.
 *
 * @template {WatchedOutput & {close: () => unknown}} Output
 */
export class OutputWatch {
  #output;
  #environment;
  #startAnother;
  #onBroken;
  /** @type {any} */
  #timer;
  #time = -1;
  #movedAt = 0;
  #checkedAt = 0;
  #ran = false;
  #waiting = false;
  /** The one that takes the output's place if that is broken. @type {Output | null} */
  #other = null;
  #onGesture = () => {
    this.#stopWaiting();
    if (this.#output.state === "suspended") void this.#output.resume().catch(() => {});
  };

  /**
   * @param {Output} output
   * @param {import("./player-environment.js").PlayerEnvironment} environment
   * @param {() => Output} startAnother
   * @param {(other: Output) => void} onBroken takes the other one, also if it does not run yet
   */
  constructor(output, environment, startAnother, onBroken) {
    this.#output = output;
    this.#environment = environment;
    this.#startAnother = startAnother;
    this.#onBroken = onBroken;
  }

  /** Takes note of the output's state, after it has changed. */
  changed() {
    const { state } = this.#output;
    this.#environment.clearTimeout(this.#timer);
    this.#dropOther();
    if (state === "running") {
      this.#ran = true;
      this.#stopWaiting();
      this.#time = -1;
      this.#checkedAt = this.#environment.now();
      this.#checkLater();
    } else if (state === "suspended" && this.#ran) this.#waitForGesture();
    else this.#stopWaiting();
  }

  close() {
    this.#environment.clearTimeout(this.#timer);
    this.#stopWaiting();
    this.#dropOther();
  }

  #checkLater() {
    this.#timer = this.#environment.setTimeout(() => this.#check(), CHECK_EVERY_MS);
  }

  #check() {
    const now = this.#environment.now();
    const late = now - this.#checkedAt > LATE_MS;
    this.#checkedAt = now;
    if (this.#output.time !== this.#time) this.#dropOther();
    if (late || this.#output.time !== this.#time) {
      this.#time = this.#output.time;
      this.#movedAt = now;
    }
    const still = now - this.#movedAt;
    const other = this.#other;
    if (other && (other.time > PROVEN_S || still > REPLACED_AFTER_MS)) {
      this.#other = null;
      return this.#onBroken(other);
    }
    this.#checkLater();
    if (still > FROZEN_AFTER_MS) this.#other ??= this.#startAnother();
  }

  #dropOther() {
    void this.#other?.close();
    this.#other = null;
  }

  #waitForGesture() {
    if (this.#waiting) return;
    this.#waiting = true;
    for (const type of GESTURES) this.#environment.page.document?.addEventListener(type, this.#onGesture, true);
  }

  #stopWaiting() {
    if (!this.#waiting) return;
    this.#waiting = false;
    for (const type of GESTURES) this.#environment.page.document?.removeEventListener(type, this.#onGesture, true);
  }
}
