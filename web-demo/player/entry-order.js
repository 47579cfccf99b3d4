import { isEarlier, nextSeq } from "./frames.js";

/**
 * Watches that the entries of a connection come one after another. A jump must be told beforehand (`gap`, `replay`, resume) or by the entry
 * itself (`clear`, `stream`); any other jump is a fault of the protocol, counted, and the count goes on from there.
 */
export class EntryOrder {
  /** @type {number | null} null: any number may come */
  #expected = null;

  /** The last entry taken, where a resume goes on; null before the first. @type {number | null} */
  last = null;

  /** The next entry is told to be this one; null: any. @param {number | null} seq */
  expect(seq) {
    this.#expected = seq;
  }

  /**
   * Takes the number of an entry.
   *
   * @param {number} seq
   * @param {boolean} [mayJump] the entry announces its own jump
   * @returns {"next" | "jump" | "repeated"} a repeated entry is to be ignored
   */
  take(seq, mayJump = false) {
    const expected = this.#expected;
    if (expected !== null && isEarlier(seq, expected)) return "repeated";
    this.last = seq;
    this.#expected = nextSeq(seq);
    return expected === null || seq === expected || mayJump ? "next" : "jump";
  }

  /** Entries before this one are cancelled. @param {number} seq */
  jumpTo(seq) {
    if (this.#expected !== null && isEarlier(seq, this.#expected)) return;
    this.#expected = seq;
    this.last = (seq - 1) >>> 0;
  }
}
