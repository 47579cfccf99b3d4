const CHECK_EVERY_MS = 250;
/** A check that comes so late says that the whole machine is busy, not that the output is broken. */
const LATE_MS = 2 * CHECK_EVERY_MS;
const FROZEN_AFTER_MS = 1_000;
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
 * the next gesture. One that says that it runs while its time stands still is reported as frozen, which happens on iOS.
 */
export class OutputWatch {
  #output;
  #environment;
  #onFrozen;
  /** @type {any} */
  #timer;
  #time = -1;
  #movedAt = 0;
  #checkedAt = 0;
  #ran = false;
  #waiting = false;
  #onGesture = () => {
    this.#stopWaiting();
    if (this.#output.state === "suspended") void this.#output.resume().catch(() => {});
  };

  /**
   * @param {WatchedOutput} output
   * @param {import("./player-environment.js").PlayerEnvironment} environment
   * @param {() => void} onFrozen
   */
  constructor(output, environment, onFrozen) {
    this.#output = output;
    this.#environment = environment;
    this.#onFrozen = onFrozen;
  }

  /** Takes note of the output's state, after it has changed. */
  changed() {
    const { state } = this.#output;
    this.#environment.clearTimeout(this.#timer);
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
  }

  #checkLater() {
    this.#timer = this.#environment.setTimeout(() => this.#check(), CHECK_EVERY_MS);
  }

  #check() {
    const now = this.#environment.now();
    const late = now - this.#checkedAt > LATE_MS;
    this.#checkedAt = now;
    if (late || this.#output.time !== this.#time) {
      this.#time = this.#output.time;
      this.#movedAt = now;
    }
    if (now - this.#movedAt > FROZEN_AFTER_MS) this.#onFrozen();
    else this.#checkLater();
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
