/** Sends the player's reports: one in each interval, and at once when something happened that the gateway should know. */
export class Reports {
  #send;
  #environment;
  #everyMs = 1000;
  /** @type {any} */
  #timer;
  #running = false;

  /** @param {(more?: object) => void} send @param {import("./environment.js").Environment} environment */
  constructor(send, environment) {
    this.#send = send;
    this.#environment = environment;
  }

  /** Begins, for a connection that was just greeted. @param {number} [everyMs] */
  start(everyMs = 1000) {
    this.#everyMs = everyMs;
    this.#running = true;
    this.#wait();
  }

  stop() {
    this.#running = false;
    this.#environment.clearTimeout(this.#timer);
  }

  /** Sends a report now instead of at the next interval; none while there is no connection. @param {object} [more] further fields */
  now(more) {
    if (!this.#running) return;
    this.#send(more);
    this.#wait();
  }

  #wait() {
    this.#environment.clearTimeout(this.#timer);
    this.#timer = this.#environment.setTimeout(() => this.now(), this.#everyMs);
  }
}
