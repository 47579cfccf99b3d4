// An audio output whose clock moves only when a test moves it, and an audio thread for which the test speaks.

/** Puts the fakes in the place of the browser's classes, and returns them. @param {import("node:test").TestContext} t */
export function fakeAudio(t) {
  /** Whether the browser lets a context run, which it may refuse without a gesture. */
  const browser = { allowed: true };
  const made = { contexts: /** @type {FakeAudioContext[]} */ ([]), nodes: /** @type {FakeWorkletNode[]} */ ([]) };
  const before = { AudioContext: globalThis.AudioContext, AudioWorkletNode: globalThis.AudioWorkletNode };
  Object.assign(globalThis, {
    AudioContext: class extends FakeAudioContext {
      constructor(options) {
        super(options, browser);
        made.contexts.push(this);
      }
    },
    AudioWorkletNode: class extends FakeWorkletNode {
      constructor() {
        super();
        made.nodes.push(this);
      }
    },
  });
  t.after(() => Object.assign(globalThis, before));
  return {
    ...made,
    set allowed(allowed) {
      browser.allowed = allowed;
    },
    get context() {
      return made.contexts.at(-1);
    },
    get node() {
      return made.nodes.at(-1);
    },
  };
}

class FakeAudioContext {
  state = "suspended";
  currentTime = 0;
  baseLatency = 0;
  outputLatency = 0;
  destination = {};
  sinkId = "";
  resumed = 0;
  audioWorklet = { addModule: async () => {} };
  /** @type {(() => void) | null} */
  onstatechange = null;

  #browser;

  constructor({ sampleRate = 48_000 } = {}, browser = { allowed: true }) {
    this.sampleRate = sampleRate;
    this.#browser = browser;
  }

  getOutputTimestamp() {
    return { contextTime: this.currentTime, performanceTime: this.currentTime * 1000 };
  }

  async setSinkId(id) {
    this.sinkId = id;
  }

  createGain() {
    const gain = { setTargetAtTime: (level) => (this.volume = level) };
    return { gain, connect() {} };
  }

  async resume() {
    this.resumed++;
    if (!this.#browser.allowed) return new Promise(() => {}); // until a gesture
    if (this.state !== "interrupted") this.become("running");
  }

  async close() {
    this.become("closed");
  }

  /** @param {string} state */
  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.onstatechange?.();
  }
}

class FakeWorkletNode {
  port = {
    /** @type {any[]} */
    posted: [],
    /** @type {((event: {data: any}) => void) | null} */
    onmessage: null,
    postMessage(message) {
      this.posted.push(message);
    },
  };

  connect() {}

  /** Sends a report, as the audio thread does. @param {object} report */
  report({ state = "playing", pos = 0, gen = 1, time = 0, counts = {}, ...more } = {}) {
    this.port.onmessage?.({ data: { t: "report", state, pos, gen, time, counts, level: 0, rms: 0, peak: 0, ...more } });
  }
}
