import { FRAME_MS } from "./timeline.js";

const BUCKET_MS = 10;
const BUCKETS = 200;
const QUANTILE = 0.97;
const FORGET = 0.99;
/** The speed at which the smallest known delay may grow, in ms a ms, because clocks drift and routes change. */
const FLOOR_RISE_PER_MS = 0.001;
/** Frames that arrive closer together than this were sent, or delayed, together. */
const BATCH_MS = 5;

/**
 * Estimates from arrival times how much must be buffered so that nobody hears the network. Each delay is compared with the smallest recent
 * delay, and counted in a histogram that forgets old values. The target is a high quantile of it. Of frames that arrive together only the
 * first counts, because it waited longest. The time that the server may have kept it for its batch is no jitter; the target includes it
 * anyway. Frames of a replay must not be passed to it.
 */
export class JitterEstimator {
  #floorMs;
  #capMs;
  #weights = new Float64Array(BUCKETS);
  #observed = 0;
  #fastestMs = Infinity;
  #lastMs = -Infinity;
  #raisedMs = 0;

  /**
   * The longest interval between two sends, from `stream`. The server may send more often: to few listeners, and where sound begins, it
   * sends each frame by itself.
   */
  batchMs = FRAME_MS;

  /** @param {{floorMs?: number, capMs?: number}} [limits] */
  constructor({ floorMs = 40, capMs = 300 } = {}) {
    this.#floorMs = floorMs;
    this.#capMs = capMs;
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
    this.#count(Math.max(0, delay - this.#fastestMs - (this.batchMs - FRAME_MS)));
    this.#raisedMs *= FORGET;
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
    const learnt = Math.max(this.#floorMs, this.#quantile() + this.batchMs);
    return Math.round(Math.min(this.#capMs, learnt + this.#raisedMs));
  }

  /** @param {number} lateMs */
  #count(lateMs) {
    this.#observed++;
    const keep = Math.min(FORGET, 1 - 1 / this.#observed); // the first ones have equal weights
    for (let i = 0; i < BUCKETS; i++) this.#weights[i] *= keep;
    this.#weights[Math.min(BUCKETS - 1, Math.floor(lateMs / BUCKET_MS))] += 1 - keep;
  }

  #quantile() {
    if (this.#observed === 0) return 0;
    let sum = 0;
    for (let i = 0; i < BUCKETS; i++) {
      sum += this.#weights[i];
      if (sum >= QUANTILE) return (i + 1) * BUCKET_MS;
    }
    return BUCKETS * BUCKET_MS;
  }
}
