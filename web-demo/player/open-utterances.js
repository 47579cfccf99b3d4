/** @typedef {{id: string, pos: number, text?: string}} Started the event of an utterance's beginning */

/** The utterances that have begun to arrive and have not ended. Each ends on the player's side even if its end is lost on the way. */
export class OpenUtterances {
  /** @type {Map<string, Started>} */
  #open = new Map();

  /** @param {Started} event */
  started(event) {
    this.#open.set(event.id, event);
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
