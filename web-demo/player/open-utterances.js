/** @typedef {{id: string, pos: number, text?: string}} Started the event of an utterance's beginning */

/** @typedef {{id: string, pos: number, from?: number}} Caption the event of a caption */

/** The utterances that have begun to arrive and have not ended. Each ends on the player's side even if its end is lost on the way. */
export class OpenUtterances {
  /** @type {Map<string, Started & {caption?: Caption}>} */
  #open = new Map();

  /** Takes a beginning. Returns false if it was told before: a gap tells again what still holds. @param {Started} event */
  started(event) {
    if (this.#open.get(event.id)?.pos === event.pos) return false;
    this.#open.set(event.id, { ...event });
    return true;
  }

  /** Takes a caption. Returns false if it was told before. @param {Caption} event */
  captioned(event) {
    const utterance = this.#open.get(event.id);
    if (!utterance) return true;
    const before = utterance.caption;
    utterance.caption = event;
    return before?.pos !== event.pos || before.from !== event.from;
  }

  /** @param {string} id */
  ended(id) {
    this.#open.delete(id);
  }

  /** Returns all of them, in order, but those. @param {string[]} ids */
  except(ids) {
    return [...this.#open.values()].filter(({ id }) => !ids.includes(id));
  }
}
