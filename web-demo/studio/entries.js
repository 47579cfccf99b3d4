/** Number of texts that are kept. */
const KEPT = 60;

/**
 * @typedef {object} Entry one text of the channel
 * @property {string} id
 * @property {string} text
 * @property {string} [voice]
 * @property {string} [model]
 * @property {string} state `queued`, `synthesizing`, `playing`, `done`, `failed`, `cleared`, `expired`, or `lost` on the way to this page
 * @property {number} at when it was asked for, in ms since the epoch
 * @property {number} [samples] length of its sound so far
 * @property {{url: string}} [file] its recording
 * @property {string} [error] why it failed
 * @property {number} [firstSoundMs] time to its first sound
 * @property {boolean} [heard] whether it is being heard here
 * @property {boolean} [measured] whether the time was measured here, from the request to the loudspeaker
 */

const OVER = new Set(["done", "failed", "cleared", "expired", "lost"]);

/** Tells whether nothing of the text is still to come. @param {Entry} entry */
export const isOver = ({ state, heard }) => OVER.has(state) && !heard;

/** The texts of a channel, as the gateway lists them and as this page hears them. */
export class Entries {
  /** @type {Map<string, Entry>} */
  #all = new Map();
  /** @type {() => number} */
  #now;

  /** @param {() => number} [now] */
  constructor(now = Date.now) {
    this.#now = now;
  }

  /** Returns them, the latest first. */
  get latestFirst() {
    return [...this.#all.values()].sort((a, b) => b.at - a.at);
  }

  /** @param {string} id */
  find(id) {
    return this.#all.get(id);
  }

  /** Takes what the gateway says about some texts. @param {any[]} utterances as the gateway lists them, the oldest first */
  listed(utterances) {
    for (const { id, text, voice, model, state, samples, file, error, times } of utterances) {
      const known = this.#all.get(id);
      const entry = this.#entry(id, { at: this.#now() - (times?.age_ms ?? 0) });
      Object.assign(entry, { text, voice, model, samples, file, error: error?.message });
      if (known?.state !== "lost") entry.state = state;
      if (!entry.measured && times?.first_sound_ms !== undefined) {
        entry.firstSoundMs = times.first_sound_ms - (times.begun_ms ?? 0);
      }
    }
  }

  /** Takes the beginning of a text that is heard. @param {{id: string, text?: string | null, voice?: string | null}} event */
  started({ id, text, voice }) {
    for (const other of this.#all.values()) other.heard = false;
    const entry = this.#entry(id, {});
    Object.assign(entry, { state: "playing", heard: true, text: entry.text || (text ?? "") });
    entry.voice ??= voice ?? undefined;
  }

  /** Adds words to a text that is still being written. @param {string} id @param {string} text all of it so far */
  grew(id, text) {
    const entry = this.#all.get(id);
    if (entry && text.length > entry.text.length) entry.text = text;
  }

  /** Takes the end of a text that was heard. @param {{id: string, reason?: string, error?: {message: string}}} event */
  ended({ id, reason = "done", error }) {
    const entry = this.#all.get(id);
    if (entry) Object.assign(entry, { heard: false, state: reason, error: error?.message ?? entry.error });
  }

  /** Takes the time from a request of this page to its first sound. @param {string} id @param {number} ms */
  measured(id, ms) {
    const entry = this.#all.get(id);
    if (entry) Object.assign(entry, { firstSoundMs: ms, measured: true });
  }

  /** Ends whatever the gateway knows nothing of any more, because it was started again. */
  forgotten() {
    for (const entry of this.#all.values())
      if (!OVER.has(entry.state)) Object.assign(entry, { heard: false, state: "lost" });
  }

  /** @param {string} id @param {Partial<Entry>} first what holds if it is new @returns {Entry} */
  #entry(id, first) {
    const entry = this.#all.get(id) ?? { id, text: "", state: "queued", at: this.#now(), ...first };
    this.#all.set(id, entry);
    if (this.#all.size > KEPT) this.#forgetOldest();
    return entry;
  }

  #forgetOldest() {
    const oldest = this.latestFirst.filter(isOver).at(-1);
    if (oldest) this.#all.delete(oldest.id);
  }
}
