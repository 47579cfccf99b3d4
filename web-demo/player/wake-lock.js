/** Keeps the screen on while sound may be heard. Browsers take the lock back when a page is hidden, so it is taken again when it is seen. */
export class WakeLock {
  #page;
  /** @type {WakeLockSentinel | null} */
  #lock = null;
  #wanted = false;
  #asking = false;
  #onVisible = () => void this.#take();

  /** @param {import("./player-environment.js").Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {boolean} wanted */
  set wanted(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) {
      this.#page.document?.addEventListener("visibilitychange", this.#onVisible);
      void this.#take();
    } else {
      this.#page.document?.removeEventListener("visibilitychange", this.#onVisible);
      void this.#release();
    }
  }

  async #take() {
    const { document, navigator } = this.#page;
    if (this.#asking || (this.#lock && !this.#lock.released) || document?.visibilityState !== "visible") return;
    this.#asking = true;
    try {
      this.#lock = (await navigator?.wakeLock?.request("screen")) ?? null;
    } catch {
      this.#lock = null; // a low battery, for example: the next time the page is seen it may work
    }
    this.#asking = false;
    if (!this.#wanted) await this.#release();
  }

  async #release() {
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release().catch(() => {});
  }
}
