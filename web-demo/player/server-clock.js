const KEPT = 64;

/** Estimates the server's clock from time probes: it uses the recent probe with the shortest round trip. */
export class ServerClock {
  /** @type {{offsetUs: number, rttUs: number}[]} */
  #probes = [];

  /**
   * Takes one answered probe. All values are microseconds.
   *
   * @param {number} t0 time of sending, on the client's clock
   * @param {number} t1 time of receipt, on the server's clock
   * @param {number} t2 time of the answer, on the server's clock
   * @param {number} t3 time of arrival, on the client's clock
   */
  add(t0, t1, t2, t3) {
    this.#probes.push({ offsetUs: (t1 - t0 + (t2 - t3)) / 2, rttUs: t3 - t0 - (t2 - t1) });
    if (this.#probes.length > KEPT) this.#probes.shift();
  }

  /** Forgets all probes, because the server has changed. */
  reset() {
    this.#probes = [];
  }

  /** The server's clock minus the client's; undefined until a probe is answered. */
  get offsetUs() {
    return this.#best()?.offsetUs;
  }

  get rttUs() {
    return this.#best()?.rttUs;
  }

  #best() {
    if (this.#probes.length === 0) return undefined;
    return this.#probes.reduce((best, probe) => (probe.rttUs < best.rttUs ? probe : best));
  }
}
