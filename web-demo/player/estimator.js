import { FRAME_MS } from "./timeline.js";

const BUCKET_MS = 10;
const BUCKETS = 200;
/** Of the delays within this time only the longest is counted: a network that holds frames up does so to several, or for a while to none. */
const WINDOW_MS = 500;
/** The share of an older delay's weight that is left after a window. */
const FORGET = 0.97;
/** Weights are added up to sums that are a little wrong. */
const ROUNDING = 1e-6;
/** The same of what an underrun added to the target, after a frame. */
const FORGET_UNDERRUN = 0.99;
/** The speed at which the smallest known delay may grow, in ms a ms, because clocks drift and routes change. */
const FLOOR_RISE_PER_MS = 0.001;
/** Frames that arrive closer together than this were sent, or delayed, together. */
const BATCH_MS = 5;
/** What is added to the longest recent delay. */
const PEAK_MARGIN_MS = 15;

/**
 * For each preset: the share of the windows in which nothing may come too late; how long the longest delay is remembered, and how many times
 * the usual one it may count at most; the largest target.
 *
 * @type {Record<import("./preset.js").Preset, {quantile: number, holdMs: number, peakLimit: number, capMs: number}>}
 */
const PRESETS = {
  conversation: { quantile: 0.95, holdMs: 5_000, peakLimit: 3, capMs: 300 },
  kiosk: { quantile: 0.98, holdMs: 60_000, peakLimit: 20, capMs: 1_000 },
};

/**
 * Estimates from arrival times how much must be buffered so that nobody hears the network. Each delay is compared with the smallest recent
 * delay. The longest of each half second is counted in a histogram that forgets old values. The target is a high quantile of it, or the longest delay of the last seconds if
 * that is not much more. Of frames that arrive together only the first counts, because it waited longest. The time that the server may have kept it for its batch is no jitter; the target includes it
 * anyway. Frames of a replay must not be passed to it.
 */
export class JitterEstimator {
  #floorMs;
  #capMs;
  #quantile;
  #holdMs;
  #peakLimit;
  #weights = new Float64Array(BUCKETS);
  #observed = 0;
  /** When the present window began, and the longest delay in it. */
  #windowFromMs = -Infinity;
  #longestMs = 0;
  #fastestMs = Infinity;
  #lastMs = -Infinity;
  #raisedMs = 0;
  /** The longest recent delays, each with those that came later and were shorter. @type {{atMs: number, lateMs: number}[]} */
  #peaks = [];

  /**
   * The longest interval between two sends, from `stream`. The server may send more often: to few listeners, and where sound begins, it
   * sends each frame by itself.
   */
  batchMs = FRAME_MS;

  /** @param {{preset?: import("./preset.js").Preset, floorMs?: number, capMs?: number}} [limits] `capMs`: instead of the preset's */
  constructor({ preset = "conversation", floorMs = 40, capMs } = {}) {
    const { quantile, holdMs, peakLimit, capMs: usual } = PRESETS[preset];
    this.#floorMs = floorMs;
    this.#capMs = capMs ?? usual;
    this.#quantile = quantile;
    this.#holdMs = holdMs;
    this.#peakLimit = peakLimit;
  }

  /**
   * Takes the arrival of a live frame.
   *
   * @param {number} arrivalMs on the listener's clock
   * @param {number} dueMs on the server's clock; only differences matter
   */
  observe(arrivalMs, dueMs) {
    const sinceLast = arrivalMs - this.#lastMs;
    this.#lastMs = arrivalMs;
    if (sinceLast < BATCH_MS) return;
    const delay = arrivalMs - dueMs;
    const rise = Number.isFinite(sinceLast) ? sinceLast * FLOOR_RISE_PER_MS : 0;
    this.#fastestMs = Math.min(delay, this.#fastestMs + rise);
    const lateMs = Math.max(0, delay - this.#fastestMs - (this.batchMs - FRAME_MS));
    if (arrivalMs - this.#windowFromMs >= WINDOW_MS) {
      if (this.#windowFromMs > -Infinity) this.#count(this.#longestMs);
      this.#windowFromMs = arrivalMs;
      this.#longestMs = 0;
    }
    this.#longestMs = Math.max(this.#longestMs, lateMs);
    this.#hold(arrivalMs, lateMs);
    this.#raisedMs *= FORGET_UNDERRUN;
  }

  /** Raises the target at once after an underrun. The histogram follows more slowly. @param {number} stallMs */
  underran(stallMs) {
    this.#raisedMs = Math.min(this.#capMs, this.#raisedMs + Math.min(stallMs / 2, 80));
  }

  /** Forgets the smallest delay, because another server clock begins. */
  reset() {
    this.#fastestMs = Infinity;
  }

  /** Returns how much should be buffered, in milliseconds. */
  get targetMs() {
    const usual = this.#usualMs();
    const peak = this.#peaks[0]?.lateMs ?? 0;
    const held = peak > usual ? Math.min(peak + PEAK_MARGIN_MS, usual * this.#peakLimit) : usual;
    const learnt = Math.max(this.#floorMs, held + this.batchMs);
    return Math.round(Math.min(this.#capMs, learnt + this.#raisedMs));
  }

  /** @param {number} lateMs */
  #count(lateMs) {
    this.#observed++;
    const weight = Math.max(1 - FORGET, 1 / this.#observed); // the first ones have equal weights
    for (let i = 0; i < BUCKETS; i++) this.#weights[i] *= 1 - weight;
    this.#weights[Math.min(BUCKETS - 1, Math.floor(lateMs / BUCKET_MS))] += weight;
  }

  /** Remembers the longest delays. @param {number} atMs @param {number} lateMs */
  #hold(atMs, lateMs) {
    while (this.#peaks.length > 0 && this.#peaks[this.#peaks.length - 1].lateMs <= lateMs) this.#peaks.pop();
    this.#peaks.push({ atMs, lateMs });
    while (this.#peaks[0].atMs < atMs - this.#holdMs) this.#peaks.shift();
  }

  /**
   * Returns the delay that is not exceeded in the share of the windows that the preset names. While there are few, the longest is left out: it
   * may be the only one of its kind, above all where the page has just begun.
   */
  #usualMs() {
    if (this.#observed < 2) return Math.ceil(((this.#peaks[0]?.lateMs ?? 0) + 1) / BUCKET_MS) * BUCKET_MS;
    const share = Math.min(this.#quantile, 1 - 1 / this.#observed - ROUNDING);
    let sum = 0;
    for (let i = 0; i < BUCKETS; i++) {
      sum += this.#weights[i];
      if (sum >= share) return (i + 1) * BUCKET_MS;
    }
    return BUCKETS * BUCKET_MS;
  }
}
