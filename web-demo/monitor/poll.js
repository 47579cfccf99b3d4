/** After a failure it is asked again later each time, up to this. */
const LONGEST_MS = 30_000;

/**
 * @typedef {object} PollEnvironment the browser's functions that a poll uses; tests pass their own
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => boolean} isHidden whether nobody sees the page
 */

/** @type {PollEnvironment} */
const BROWSER = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  isHidden: () => document.hidden,
};

/**
 * Asks the same question again and again: one at a time, never while the page is hidden, and more rarely while it fails.
 */
export class Poll {
  #ask;
  #everyMs;
  #environment;
  /** @type {any} */
  #timer;
  #asking = false;
  /** True if it is to ask again as soon as the present answer is there. */
  #again = false;
  #failures = 0;
  #running = false;

  /**
   * @param {() => Promise<unknown>} ask rejects if it failed
   * @param {number} everyMs time from an answer to the next question
   * @param {PollEnvironment} [environment]
   */
  constructor(ask, everyMs, environment = BROWSER) {
    this.#ask = ask;
    this.#everyMs = everyMs;
    this.#environment = environment;
  }

  start() {
    this.#running = true;
    this.now();
  }

  stop() {
    this.#running = false;
    this.#environment.clearTimeout(this.#timer);
  }

  /** Asks at once; if a question is open, after its answer. */
  now() {
    if (!this.#running) return;
    this.#environment.clearTimeout(this.#timer);
    if (this.#asking) this.#again = true;
    else void this.#once();
  }

  async #once() {
    if (this.#environment.isHidden()) {
      this.#wait();
      return;
    }
    this.#asking = true;
    try {
      await this.#ask();
      this.#failures = 0;
    } catch {
      this.#failures++;
    }
    this.#asking = false;
    if (this.#again) {
      this.#again = false;
      this.now();
    } else if (this.#running) this.#wait();
  }

  #wait() {
    const ms = Math.min(LONGEST_MS, this.#everyMs * 2 ** this.#failures);
    this.#timer = this.#environment.setTimeout(() => this.now(), Math.max(this.#everyMs, ms));
  }
}
