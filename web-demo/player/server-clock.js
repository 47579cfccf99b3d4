const KEPT = 64;

/** Estimates the server's clock from time probes: of the last ones, the one with the shortest round trip is believed. */
export class ServerClock {
  /** @type {{offsetUs: number, rttUs: number}[]} */
  #probes = [];

  /**
   * Takes one answered probe; all values are microseconds.
   *
   * @param {number} t0 sent, on the client's clock
   * @param {number} t1 received, on the server's
   * @param {number} t2 answered, on the server's
   * @param {number} t3 received, on the client's
   */
  add(t0, t1, t2, t3) {
    this.#probes.push({ offsetUs: (t1 - t0 + (t2 - t3)) / 2, rttUs: t3 - t0 - (t2 - t1) });
    if (this.#probes.length > KEPT) this.#probes.shift();
  }

  /** Another server: what was learnt is void. */
  reset() {
    this.#probes = [];
  }

  /** Server minus client; undefined until a probe is answered. */
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
