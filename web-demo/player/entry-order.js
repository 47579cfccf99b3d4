import { isEarlier, nextSeq } from "./frames.js";

/**
 * Checks that the entries of a connection come one after another. A jump must be announced beforehand (`gap`, `replay`, resume) or by the
 * entry itself (`clear`, `stream`). Any other jump violates the protocol. Checking continues from the new number.
 */
export class EntryOrder {
  /** Number of the next entry; null: any number is allowed. @type {number | null} */
  #expected = null;

  /** The last entry taken, after which a resume continues; null before the first. @type {number | null} */
  last = null;

  /** Sets the number of the next entry; null: any. @param {number | null} seq */
  expect(seq) {
    this.#expected = seq;
  }

  /**
   * Checks the number of an entry, and remembers it.
   *
   * @param {number} seq
   * @param {boolean} [mayJump] whether the entry announces its own jump
   * @returns {"next" | "jump" | "repeated"} a `repeated` entry must be ignored
   */
  take(seq, mayJump = false) {
    const expected = this.#expected;
    if (expected !== null && isEarlier(seq, expected)) return "repeated";
    this.last = seq;
    this.#expected = nextSeq(seq);
    return expected === null || seq === expected || mayJump ? "next" : "jump";
  }

  /** Moves ahead to an entry, because all entries before it are cancelled. @param {number} seq */
  jumpTo(seq) {
    if (this.#expected !== null && isEarlier(seq, this.#expected)) return;
    this.#expected = seq;
    this.last = (seq - 1) >>> 0;
  }
}
