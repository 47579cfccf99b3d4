const FIRST_MS = 150;
const LONGEST_MS = 15_000;
const GROWTH = 1.6;
const JITTER = 0.3;
/** If the server asks to come back later, the delays begin this many steps further. */
const STEPS_AHEAD = 4;

/**
 * The reaction to a close code: `resume` where it was, begin `fresh`, come back `later`, or `never` come back.
 *
 * @typedef {"resume" | "fresh" | "later" | "never"} Reaction
 */

/** Too many connections, or too many wrong keys: the one refusal that passes by itself. */
const TOO_MANY = 4429;

/** Returns the reaction to a close code, by its range. Any other code counts as a lost network. @param {number} code @returns {Reaction} */
export function reactionTo(code) {
  if (code === TOO_MANY) return "later";
  if (code >= 4200 && code <= 4299) return "fresh";
  if (code >= 4400 && code <= 4499) return "never";
  if (code >= 4500 && code <= 4599) return "later";
  return "resume";
}

/**
 * The delays between attempts: they grow, from 150 ms to 15 s, and are scattered, so that many players do not return at the same moment.
 */
export class BackOff {
  #random;
  #attempt = 0;

  /** @param {() => number} [random] returns 0 to 1 */
  constructor(random = Math.random) {
    this.#random = random;
  }

  get attempt() {
    return this.#attempt;
  }

  /** Begins with the shortest delay again, after a connection that lasted. */
  reset() {
    this.#attempt = 0;
  }

  /** Returns the next delay in milliseconds. @param {Reaction} reaction */
  next(reaction) {
    const steps = this.#attempt + (reaction === "later" ? STEPS_AHEAD : 0);
    this.#attempt++;
    const scattered = FIRST_MS * GROWTH ** steps * (1 + JITTER * (2 * this.#random() - 1));
    return Math.round(Math.min(LONGEST_MS, Math.max(FIRST_MS, scattered)));
  }
}
