import { OutputClock } from "./output-clock.js";

/** How often the audio thread is told how the clocks stand. */
const TELL_EVERY_MS = 250;

/**
 * @typedef {object} SyncedOutput
 * @property {() => {time: number, atMs: number, exact: boolean} | null} stamp when which sound leaves the output; null: it does not run
 * @property {(shift: number | null) => void} aim tells the audio thread when sound is due, see there
 */

/**
 * Keeps a player in step with others: from the server's clock, the output's clock and the channel's delay it computes at which time of the
 * audio context a sample must enter the output. Confined to the page's thread.
 */
export class GroupSync {
  #output;
  #now;
  #clock = new OutputClock();
  /** The server's clock minus the page's. @type {number | undefined} */
  #offsetUs;
  #delayMs = 0;
  #toldMs = -Infinity;
  #exact = true;
  #told = false;

  /** How much later than other players this one's loudspeaker sounds: the browser does not know of it. */
  deviceDelayMs;

  /**
   * @param {SyncedOutput} output
   * @param {() => number} now the page's clock, in milliseconds
   * @param {number} [deviceDelayMs]
   */
  constructor(output, now, deviceDelayMs = 0) {
    this.#output = output;
    this.#now = now;
    this.deviceDelayMs = deviceDelayMs;
  }

  /** False if the browser does not tell when sound leaves its output. */
  get isExact() {
    return this.#exact;
  }

  /** @param {{offsetUs?: number}} clock */
  follow({ offsetUs }) {
    this.#offsetUs = offsetUs;
  }

  /** @param {{group_delay_ms?: number}} timeline */
  timeline({ group_delay_ms: delayMs = this.#delayMs }) {
    if (delayMs !== this.#delayMs) this.#toldMs = -Infinity;
    this.#delayMs = delayMs;
  }

  /** Begins anew with another output. */
  restart() {
    this.#clock.reset();
    this.#told = false;
    this.#output.aim(null);
    this.#toldMs = -Infinity;
  }

  /** To be called several times a second. */
  tick() {
    const stamp = this.#output.stamp();
    if (!stamp) return;
    this.#exact = stamp.exact;
    this.#clock.add(stamp.time, stamp.atMs);
    const now = this.#now();
    const shift = this.#shift();
    if (shift === null || (this.#told && now - this.#toldMs < TELL_EVERY_MS)) return;
    this.#toldMs = now;
    this.#told = true;
    this.#output.aim(shift);
  }

  /** Context time minus server time at which a sample is to enter the output, in seconds; null: not known yet. */
  #shift() {
    const { offset } = this.#clock;
    if (offset === null || this.#offsetUs === undefined) return null;
    return offset - this.#offsetUs / 1e6 + (this.#delayMs - this.deviceDelayMs) / 1000;
  }
}
