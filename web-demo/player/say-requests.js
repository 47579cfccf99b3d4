/**
 * @typedef {object} SayOptions how a text is spoken; all but `ref` and `end` have the protocol's names, and count for the first piece only
 * @property {string} [ref] the name of the text; pieces of the same name form one utterance
 * @property {boolean} [end] whether this is the last piece; default true
 * @property {"enqueue" | "next" | "interrupt"} [mode]
 * @property {string} [model]
 * @property {string} [voice]
 * @property {string} [language_type]
 * @property {string} [instructions]
 * @property {number} [speed] 0.25 to 4; 1 is the voice's own
 * @property {number} [expires_ms]
 */

/** @typedef {{resolve: (said: {ref: string, id: string}) => void, reject: (reason: Error) => void}} Answer */

/** The listener's `say` requests that wait for an answer. The answers for one `ref` come in the order of its pieces. */
export class SayRequests {
  #send;
  #made = 0;
  /** @type {Map<string, Answer[]>} */
  #waiting = new Map();

  /** @param {(message: object) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /** @param {string} text @param {SayOptions} [options] @returns {Promise<{ref: string, id: string}>} */
  say(text, { ref = `s${++this.#made}`, end = true, ...options } = {}) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(ref, [...(this.#waiting.get(ref) ?? []), { resolve, reject }]);
      this.#send({ t: "say", ref, text, end, ...options });
    });
  }

  /** @param {{ref: string, id: string}} answer */
  said({ ref, id }) {
    this.#next(ref)?.resolve({ ref, id });
  }

  /** Rejects a request. Returns whether the error was the answer to one. @param {{ref?: string, code: string, message: string}} error */
  refused({ ref, code, message }) {
    const answer = this.#next(ref);
    answer?.reject(Object.assign(new Error(message), { code }));
    return answer !== undefined;
  }

  /** Rejects all requests, because the connection broke and their outcome is unknown. */
  lost() {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    for (const { reject } of all) reject(Object.assign(new Error("The connection broke."), { code: "lost" }));
  }

  /** @param {string | undefined} ref */
  #next(ref = "") {
    const [first, ...rest] = this.#waiting.get(ref) ?? [];
    if (rest.length > 0) this.#waiting.set(ref, rest);
    else this.#waiting.delete(ref);
    return first;
  }
}
