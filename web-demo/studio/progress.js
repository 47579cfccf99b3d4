import { SAMPLES_PER_SECOND } from "../player/timeline.js";

/** Speaking rate that is assumed until something was heard, in samples for each character. */
const TYPICAL_RATE = SAMPLES_PER_SECOND / 15;

/** @typedef {{from: number, to: number, part?: number, parts?: number, pos: number}} Caption the event of the listener protocol */

/** How far the text that is heard is: which sentence, how long, and, as an estimate, of how long. */
export class Progress {
  #begin;
  #length;
  #open;
  /** @type {Caption | null} */
  #caption = null;

  /** @param {{pos: number, text?: string | null, text_length?: number, open?: boolean}} started the event of the utterance's beginning */
  constructor({ pos, text, text_length: length, open = false }) {
    this.#begin = pos;
    this.#length = length ?? text?.length ?? 0;
    this.#open = open;
  }

  /** @param {Caption} caption */
  caption(caption) {
    this.#caption = caption;
  }

  /**
   * Describes it in words, such as "Sentence 3 of 12, 0:41 of about 2:10".
   *
   * @param {number} pos the sample that is heard
   */
  words(pos) {
    const heard = Math.max(0, pos - this.#begin);
    const times = this.#open ? [clock(heard)] : [clock(heard), `of about ${clock(Math.max(heard, this.#total()))}`];
    return [this.#sentence(), times.join(" ")].filter(Boolean).join(", ");
  }

  /**
   * Estimates which part of the latest caption was heard, from 0 to 1. A service may tell one caption for a long text.
   *
   * @param {number} pos the sample that is heard
   */
  withinCaption(pos) {
    const { from = 0, to = 0, pos: begin = pos } = this.#caption ?? {};
    const length = (to - from) * this.#rate();
    return length > 0 ? Math.min(1, Math.max(0, (pos - begin) / length)) : 0;
  }

  #sentence() {
    const { part, parts } = this.#caption ?? {};
    if (part === undefined || parts === 1) return "";
    return parts === undefined ? `Sentence ${part}` : `Sentence ${part} of ${parts}`;
  }

  /** Returns the length in samples, by the rate at which the text was spoken so far. */
  #total() {
    const { from = 0, pos = this.#begin } = this.#caption ?? {};
    return Math.round(pos - this.#begin + (this.#length - from) * this.#rate());
  }

  /** Returns how many samples a character takes. */
  #rate() {
    const { from = 0, pos = this.#begin } = this.#caption ?? {};
    const spoken = pos - this.#begin;
    return from > 0 && spoken > 0 ? spoken / from : TYPICAL_RATE;
  }
}

/** Returns minutes and seconds. @param {number} samples */
export function clock(samples) {
  const seconds = Math.floor(samples / SAMPLES_PER_SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
