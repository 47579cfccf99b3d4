/**
 * The text that is being spoken, as far as it is known, and the part of it that is heard. Holds what `utterance` and `caption` events of the player
 * tell.
 */
export class SpokenText {
  /** Id of the utterance; null before the first one. @type {string | null} */
  id = null;
  text = "";
  from = 0;
  to = 0;
  /** True if the text came with the start; else captions bring it. */
  #known = false;

  /** Takes the start of an utterance, unless it is told again; returns whether it is another one. @param {{id: string, text?: string | null, open?: boolean}} event */
  started({ id, text, open = false }) {
    if (this.id === id) return false;
    this.id = id;
    this.text = text ?? "";
    this.from = this.to = 0;
    this.#known = this.text !== "" && !open;
    return true;
  }

  /** Takes a part that begins to be heard; returns whether it belongs to the text. @param {{id: string, text: string, from?: number, to?: number}} event */
  caption({ id, text, from, to }) {
    if (this.id !== id) return false;
    const at = from ?? (this.#known ? 0 : this.text.length);
    const end = to ?? at + text.length;
    if (end > this.text.length) this.text = this.text.slice(0, at).padEnd(at) + text; // more than was known so far
    this.from = at;
    this.to = end;
    return true;
  }
}
