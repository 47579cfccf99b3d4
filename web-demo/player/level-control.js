import { Join } from "./join.js";
import { RecentMinimum } from "./recent-minimum.js";
import { LONGEST_LAG, repetitionAfter, repetitionBefore } from "./similarity.js";
import { SAMPLES_PER_MS as MS } from "./timeline.js";

/**
 * What may be above the target before sound is shortened: frames come whole, and one may come early, so less says nothing. It is then shortened
 * until nothing is too much.
 */
const TOLERANCE = 40 * MS;
/** The same for a while after the sound was shortened, because the target may still go down. */
const SETTLING_TOLERANCE = 10 * MS;
const SETTLING = 5000 * MS;
/** From this excess on the sound is shortened faster. */
const LARGE_EXCESS = 100 * MS;
/** Shares of the sound that may be removed. */
const RATE = 0.05;
const FAST_RATE = 0.15;
/** So much may be removed at once, however small the excess is. */
const SMALL_STEP = 10 * MS;
/** The share of a pause that may be removed: the rest has to be heard. */
const PAUSE_SHARE = 0.5;
/** Sound is lengthened if less than the first share of the target is there, until the second one is. */
const LOW = 0.25;
const ENOUGH = 0.5;
/** Similarity that is demanded at first; the demand falls to nothing within the time after it. */
const SIMILAR = 0.9;
const PATIENCE = 200 * MS;
const FAST_PATIENCE = 100 * MS;
/** How long after a search without success the next one is made. */
const SEARCH_EVERY = 10 * MS;

const PAUSE_BLOCK = 5 * MS;
const SHORTEST_PAUSE = 40 * MS;
/** Mean square of -50 dBFS. */
const QUIET = 1e-5;
const PAUSE_FADE = 2.5 * MS;

/**
 * What the level control looks at.
 *
 * @typedef {object} Situation
 * @property {number} position
 * @property {number} readable number of samples that can be read from there on
 * @property {number} history number of samples before the position that belong to the same sound
 * @property {number} target how much should be buffered
 * @property {number} needed how much of it the network needs, if that is more than the lead; else 0
 */

/**
 * Keeps the buffer near its target by making the sound shorter or longer, without a change of its pitch. What counts is the least that was
 * buffered within the last 500 ms. Pauses are shortened first; elsewhere whole periods of the sound are left out, where it is most similar to
 * itself. Confined to the audio thread.
 *
 * @see ../../docs/adr/0042-latency-goes-away-while-sound-plays.md
 */
export class LevelControl {
  #least = new RecentMinimum(500 * MS);
  /** Number of samples to be played before the next change. */
  #wait = 0;
  /** How long a place for the next change has been sought. */
  #sought = 0;
  #shortening = false;
  #sinceShortened = Infinity;
  #lengthening = false;

  /** Begins anew, because the sound begins or breaks off. */
  reset() {
    this.#least.reset();
    this.#wait = this.#sought = 0;
    this.#shortening = this.#lengthening = false;
    this.#sinceShortened = Infinity;
  }

  /** Takes the level that is left after so many samples were played. @param {number} count @param {number} level */
  passed(count, level) {
    this.#least.add(count, level);
    this.#wait -= count;
    this.#sought += count;
    this.#sinceShortened += count;
  }

  /**
   * Returns the change that should be made at the position now, if there is one.
   *
   * @param {import("./ring.js").SampleRing} ring
   * @param {Situation} situation
   * @returns {Join | null}
   */
  next(ring, situation) {
    const least = this.#least.value;
    if (least === null || this.#wait > 0) return null;
    const excess = least - situation.target;
    const tolerance = this.#sinceShortened < SETTLING ? SETTLING_TOLERANCE : TOLERANCE;
    this.#shortening = excess > (this.#shortening ? 0 : tolerance);
    if (this.#shortening) this.#sinceShortened = 0;
    this.#lengthening = least < situation.needed * (this.#lengthening ? ENOUGH : LOW);
    if (!this.#shortening && !this.#lengthening) {
      this.#sought = 0;
      return null;
    }
    const join = this.#shortening ? this.#shorten(ring, situation, excess) : this.#lengthen(ring, situation);
    if (join) this.#least.shift(-join.offset);
    else this.#wait = SEARCH_EVERY;
    return join;
  }

  /** @param {import("./ring.js").SampleRing} ring @param {Situation} situation @param {number} excess */
  #shorten(ring, { position: pos, readable }, excess) {
    const pause = pauseAt(ring, pos, readable);
    if (pause >= SHORTEST_PAUSE) {
      const offset = Math.floor(Math.min(pause * PAUSE_SHARE, excess));
      return this.#change({ pos, offset, length: PAUSE_FADE, similarity: 1 }, 1);
    }
    const fast = excess >= LARGE_EXCESS;
    const { lag, similarity } = repetitionAfter(ring, pos, readable, Math.max(excess, SMALL_STEP));
    if (lag === 0 || similarity < this.#demanded(fast)) return null;
    return this.#change({ pos, offset: lag, length: lag, similarity }, fast ? FAST_RATE : RATE);
  }

  /** @param {import("./ring.js").SampleRing} ring @param {Situation} situation */
  #lengthen(ring, { position: pos, readable, history }) {
    if (history < LONGEST_LAG) return null;
    const { lag, similarity } = repetitionBefore(ring, pos, readable, readable);
    if (lag === 0 || similarity < this.#demanded(true)) return null;
    return this.#change({ pos, offset: -lag, length: lag, similarity }, FAST_RATE);
  }

  /** @param {ConstructorParameters<typeof Join>[0]} join @param {number} rate */
  #change(join, rate) {
    this.#wait = Math.ceil(Math.abs(join.offset) / rate);
    this.#sought = -this.#wait;
    return new Join(join);
  }

  /** Returns the similarity that is demanded now. @param {boolean} fast */
  #demanded(fast) {
    return SIMILAR * (1 - Math.max(0, this.#sought) / (fast ? FAST_PATIENCE : PATIENCE));
  }
}

const block = new Float32Array(PAUSE_BLOCK);

/** Returns how many samples from a position on are a pause. @param {import("./ring.js").SampleRing} ring @param {number} pos @param {number} readable */
function pauseAt(ring, pos, readable) {
  let length = 0;
  while (length + PAUSE_BLOCK <= readable) {
    ring.read(pos + length, block, 0, PAUSE_BLOCK);
    if (block.reduce((sum, sample) => sum + sample * sample, 0) > QUIET * PAUSE_BLOCK) break;
    length += PAUSE_BLOCK;
  }
  return length;
}
