const FIRST_MS = 150;
const LONGEST_MS = 15_000;
const GROWTH = 1.6;
const JITTER = 0.3;
/** Where the server asks for distance, the row of delays begins further up. */
const STEPS_AHEAD = 4;

/**
 * What a close code asks of the player: `resume` where it was, begin `fresh`, come back `later`, or `never`.
 *
 * @typedef {"resume" | "fresh" | "later" | "never"} Reaction
 */

/** The range of the code decides; anything outside is taken for a lost network. @param {number} code @returns {Reaction} */
export function reactionTo(code) {
  if (code >= 4200 && code <= 4299) return "fresh";
  if (code >= 4400 && code <= 4499) return "never";
  if (code >= 4500 && code <= 4599) return "later";
  return "resume";
}

/** Delays between attempts: growing, scattered so that a crowd does not return as one, never outside 150 ms to 15 s. */
export class BackOff {
  #random;
  #attempt = 0;

  /** @param {() => number} [random] from 0 to 1 */
  constructor(random = Math.random) {
    this.#random = random;
  }

  get attempt() {
    return this.#attempt;
  }

  /** A connection held: begin anew. */
  reset() {
    this.#attempt = 0;
  }

  /** @param {Reaction} reaction @returns {number} milliseconds to wait */
  next(reaction) {
    const steps = this.#attempt + (reaction === "later" ? STEPS_AHEAD : 0);
    this.#attempt++;
    const scattered = FIRST_MS * GROWTH ** steps * (1 + JITTER * (2 * this.#random() - 1));
    return Math.round(Math.min(LONGEST_MS, Math.max(FIRST_MS, scattered)));
  }
}
