import { DueTimes } from "./due-times.js";
import { SAMPLES_PER_MS as MS, SAMPLES_PER_SECOND } from "./timeline.js";
import { Trim } from "./trim.js";

/** An error up to this is left alone, and the sound is played sample by sample. */
const DEAD_BAND = 0.5 * MS;
/** A trim ends when the error is gone. */
const NONE = 1;
/** Share of the sound that is left out or added, for each ms of error, and its bounds. */
const RATE_PER_MS = 0.001;
const LOWEST_RATE = 0.0005;
const HIGHEST_RATE = 0.005;
/** The error is smoothed over this time. */
const SMOOTH_S = 0.25;
/** A larger error is not trimmed away: the sound jumps. */
const JUMP = 50 * MS;
/** The same once, soon after the clocks are known: better one jump than seconds of trimming. */
const FIRST_JUMP = 8 * MS;
const FIRST_S = 3;

/**
 * Keeps play-out in step with other players: each sample leaves the output when it is due. It takes the place of the level control. Small
 * errors are trimmed away by playing at most 0.5 % faster or slower, large ones by a jump. Confined to the audio thread.
 */
export class StepControl {
  #due = new DueTimes();
  /** Context time minus server time at which a sample is to enter the output, in seconds; null: not known yet. @type {number | null} */
  #shift = null;
  /** Context time of the next sample to be rendered. */
  #time = 0;
  #beganAt = NaN;
  #knownSince = Infinity;
  #mayJumpEarly = true;
  /** The smoothed error in samples; positive: the sound is early. @type {number | null} */
  #error = null;
  #smoothedAt = 0;
  #trimming = false;

  /** @param {number | null} shift see there */
  set shift(shift) {
    if (this.#shift === null && shift !== null) this.#knownSince = this.#time;
    this.#shift = shift;
    if (shift === null) this.reset();
  }

  /** How late the sound is, in ms; null if that is not known. */
  get lateMs() {
    return this.#error === null ? null : -this.#error / MS;
  }

  /** Takes the context time of the next sample to be rendered, in seconds. @param {number} time */
  begin(time) {
    if (Number.isNaN(this.#beganAt)) this.#beganAt = time;
    this.#time = time;
  }

  /** True while it is worth waiting for the clocks to be known, before sound begins out of step. */
  get settling() {
    return this.#shift === null && this.#time - this.#beganAt < FIRST_S;
  }

  /** Takes note of rendered samples. @param {number} count */
  rendered(count) {
    this.#time += count / SAMPLES_PER_SECOND;
  }

  /** Takes the time of a frame. @param {number} pos @param {number} tsUs */
  frame(pos, tsUs) {
    this.#due.add(pos, tsUs);
  }

  /** Forgets when samples were due, because the timeline was held or another one begins. */
  forget() {
    this.#due.reset();
    this.reset();
  }

  /**
   * Returns how many samples a position is early if it is rendered `after` samples from now; negative: late; null: not known.
   *
   * @param {number} pos
   * @param {number} [after]
   */
  early(pos, after = 0) {
    const due = this.#due.at(pos);
    if (due === null || this.#shift === null) return null;
    return (due + this.#shift - this.#time) * SAMPLES_PER_SECOND - after;
  }

  /** Returns how many samples the sound must jump now: positive: it must wait, negative: so many must be left out. @param {number} pos */
  jump(pos) {
    const early = this.early(pos);
    if (early === null) return 0;
    const soon = this.#mayJumpEarly && this.#time - this.#knownSince < FIRST_S;
    if (Math.abs(early) <= (soon ? FIRST_JUMP : JUMP)) return 0;
    if (Math.abs(early) <= JUMP) this.#mayJumpEarly = false;
    return Math.round(early);
  }

  /** Begins anew, because the sound begins or breaks off. */
  reset() {
    this.#error = null;
    this.#trimming = false;
  }

  /** What was played does not matter here, but when. */
  passed() {}

  /**
   * Returns the trim that should be made at the position now, if there is one.
   *
   * @param {unknown} _ring
   * @param {{position: number, readable: number}} situation
   */
  next(_ring, { position, readable }) {
    const early = this.early(position);
    if (early === null) return null;
    const weight = 1 - Math.exp((this.#smoothedAt - this.#time) / SMOOTH_S);
    this.#error = this.#error === null ? early : this.#error + (early - this.#error) * weight;
    this.#smoothedAt = this.#time;
    const size = Math.abs(this.#error);
    this.#trimming = size > (this.#trimming ? NONE : DEAD_BAND);
    if (!this.#trimming) return null;
    const rate = Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, (size / MS) * RATE_PER_MS));
    const length = Math.round(1 / rate);
    if (readable < length + 3) return null;
    /** @type {1 | -1} */
    const offset = this.#error > 0 ? -1 : 1;
    this.#error += offset;
    return new Trim({ pos: position, offset, length });
  }
}
