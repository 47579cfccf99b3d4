/** The texts that a fake gateway was given, as its list of utterances tells them. */
export class FakeTexts {
  /** @type {Map<string, any>} */
  #all = new Map();
  #made = 0;

  /** Names a text that is to be spoken. @param {{text: string, voice?: string, samples: number}} text @returns {string} its id */
  add({ text, voice, samples }) {
    const id = `u${++this.#made}`;
    const file = { url: `http://elsewhere.example/v1/audio/${id}.wav?Expires=1&Signature=s`, expires_at: 1 };
    this.#all.set(id, { id, text, voice, samples, state: "synthesizing", file, askedAt: performance.now() });
    return id;
  }

  /** Takes what is told to the listeners. @param {any} message */
  told({ t, id, reason }) {
    const text = this.#all.get(id);
    if (!text) return;
    if (t === "utterance.started") Object.assign(text, { state: "playing", releasedAt: performance.now() });
    if (t === "utterance.ended") text.state = reason;
  }

  /** Ends all that is spoken or waits. */
  clear() {
    for (const text of this.#all.values()) if (!["done", "failed"].includes(text.state)) text.state = "cleared";
  }

  /** Knows nothing any more. */
  forget() {
    this.#all.clear();
  }

  /** @param {string} id */
  find(id) {
    const text = this.#all.get(id);
    return text && viewOf(text);
  }

  /** Number of texts that wait or are spoken. */
  get waiting() {
    return this.all.filter(({ state }) => ["synthesizing", "playing"].includes(state)).length;
  }

  get all() {
    return [...this.#all.values()].map(viewOf);
  }
}

/** @param {any} text */
function viewOf({ askedAt, releasedAt, ...text }) {
  const released = releasedAt && Math.round(releasedAt - askedAt);
  const times = { age_ms: Math.round(performance.now() - askedAt), begun_ms: 2 };
  return {
    ...text,
    times: released === undefined ? times : { ...times, first_sound_ms: released, released_ms: released },
  };
}
