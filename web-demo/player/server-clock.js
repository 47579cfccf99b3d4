/** Probes are compared with each other for so long. */
const WINDOW_US = 30_000_000;
const MOST = 400;
/** How often an estimate is noted, from which the drift is learnt, and how many of these are kept: ten minutes. */
const NOTED_EVERY_US = 10_000_000;
const NOTES = 60;
/** A drift is believed after so long. */
const DRIFT_AFTER_US = 120_000_000;
/** …and if it is so many times its own standard error. */
const SIGNIFICANT = 3;
/** Bounds that contradict each other by more say that a clock was set, or stood still while the machine slept. */
const CONTRADICTION_US = 1_000;

/**
 * What one probe tells of the offset: it is at most `upper` and at least `lower`, because no message arrives before it was sent.
 *
 * @typedef {{at: number, upper: number, lower: number, rtt: number}} Bounds
 */

/**
 * Estimates the server's clock from time probes. It keeps the smallest delay of each direction, so that a network that delays messages at
 * random, differently in each direction, is seen through: the offset lies between the tightest bounds. A delay that is always there in one
 * direction alone cannot be seen by anybody. Over minutes it also learns how fast the two clocks drift apart.
 */
export class ServerClock {
  /** @type {Bounds[]} */
  #probes = [];
  /** Earlier estimates, for the drift. @type {{at: number, offset: number}[]} */
  #notes = [];
  /** How much the offset grows in a µs. */
  #drift = 0;
  /** @type {{offset: number, uncertainty: number, rtt: number} | null} */
  #estimate = null;

  /**
   * Takes one answered probe. All values are microseconds.
   *
   * @param {number} t0 time of sending, on the client's clock
   * @param {number} t1 time of receipt, on the server's clock
   * @param {number} t2 time of the answer, on the server's clock
   * @param {number} t3 time of arrival, on the client's clock
   */
  add(t0, t1, t2, t3) {
    this.#probes.push({ at: t3, upper: t1 - t0, lower: t2 - t3, rtt: t3 - t0 - (t2 - t1) });
    this.#probes = this.#probes.filter(({ at }) => at > t3 - WINDOW_US).slice(-MOST);
    this.#estimate = estimate(this.#probes, t3, this.#drift);
    if (this.#estimate.uncertainty < -CONTRADICTION_US) this.#restart(t3);
    this.#note(t3);
  }

  /** Forgets all probes, because the server has changed. @param {Bounds[]} [kept] */
  reset(kept = []) {
    this.#probes = kept;
    this.#notes = [];
    this.#drift = 0;
    this.#estimate = null;
  }

  /** The server's clock minus the client's; undefined until a probe is answered. */
  get offsetUs() {
    return this.#estimate?.offset;
  }

  /** The most by which the offset may be wrong, if neither direction always takes longer than the other. */
  get uncertaintyUs() {
    return this.#estimate && Math.max(0, this.#estimate.uncertainty);
  }

  /** The shortest round trip. */
  get rttUs() {
    return this.#estimate?.rtt;
  }

  /** How much faster the server's clock runs, in millionths; 0 until it is known. */
  get driftPpm() {
    return this.#drift * 1e6;
  }

  /** Begins anew with the latest probe. @param {number} now */
  #restart(now) {
    const latest = this.#probes.slice(-1);
    this.reset(latest);
    this.#estimate = estimate(latest, now, 0);
  }

  /** Notes from time to time what the probes since then say, and learns the drift from these notes. @param {number} now */
  #note(now) {
    const since = this.#notes.at(-1)?.at ?? -Infinity;
    if (now - since < NOTED_EVERY_US) return;
    const { offset } = estimate(
      this.#probes.filter(({ at }) => at > since),
      now,
      0,
    );
    this.#notes = [...this.#notes, { at: now, offset }].slice(-NOTES);
    if (now - this.#notes[0].at < DRIFT_AFTER_US) return;
    const { slope, error } = regression(this.#notes);
    this.#drift = Math.abs(slope) > SIGNIFICANT * error ? slope : 0;
  }
}

/** Finds the tightest bounds of the offset at `now`. @param {Bounds[]} probes @param {number} now @param {number} drift */
function estimate(probes, now, drift) {
  let [upper, lower, rtt] = [Infinity, -Infinity, Infinity];
  for (const probe of probes) {
    const since = drift * (now - probe.at);
    upper = Math.min(upper, probe.upper + since);
    lower = Math.max(lower, probe.lower + since);
    rtt = Math.min(rtt, probe.rtt);
  }
  return { offset: (upper + lower) / 2, uncertainty: (upper - lower) / 2, rtt };
}

/** Fits a line. Returns its slope, and the slope's standard error. @param {{at: number, offset: number}[]} points */
function regression(points) {
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(points.map(({ at }) => at));
  const level = mean(points.map(({ offset }) => offset));
  const spread = points.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  const slope = points.reduce((sum, { at, offset }) => sum + (at - middle) * (offset - level), 0) / spread;
  const rest = points.reduce((sum, { at, offset }) => sum + (offset - level - slope * (at - middle)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / Math.max(1, points.length - 2) / spread) };
}
