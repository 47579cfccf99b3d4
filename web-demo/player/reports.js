/**
 * Sends the player's reports: one in each interval; at once when something happened that the gateway should know; and soon after what happens at
 * all players at the same time.
 */
export class Reports {
  #send;
  #environment;
  #everyMs = 1000;
  #spreadMs = 0;
  /** Null while there is no connection. @type {any} */
  #timer = null;
  /** True while a report waits for its place among those of all players. */
  #isSoon = false;

  /** @param {(more?: object) => void} send @param {import("./environment.js").Environment} environment */
  constructor(send, environment) {
    this.#send = send;
    this.#environment = environment;
  }

  /** Begins, for a connection that was just greeted. @param {any} welcome */
  start(welcome) {
    this.follow(welcome);
    this.#wait(this.#everyMs);
  }

  /** Follows the pace that a message asks for, if it does; it holds from the next report on. @param {any} message */
  follow({ report_ms, report_spread_ms = 0 }) {
    if (report_ms) {
      this.#everyMs = report_ms;
      this.#spreadMs = report_spread_ms;
    }
  }

  stop() {
    this.#environment.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Sends a report now instead of at the next interval; none while there is no connection. @param {object} [more] further fields */
  now(more) {
    if (this.#timer === null) return;
    this.#send(more);
    this.#wait(this.#everyMs);
  }

  /** Sends a report within the time over which players of a large audience spread theirs; without such a time, now. */
  soon() {
    if (!this.#spreadMs) this.now();
    else if (this.#timer !== null && !this.#isSoon) this.#wait(this.#spreadMs * this.#environment.random(), true);
  }

  /** @param {number} ms @param {boolean} [isSoon] */
  #wait(ms, isSoon = false) {
    this.#isSoon = isSoon;
    this.#environment.clearTimeout(this.#timer);
    this.#timer = this.#environment.setTimeout(() => this.now(), ms);
  }
}
