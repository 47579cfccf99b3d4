// Keeps every sample that the player's audio node gives to the device, including fades and ramps. Notes between which two samples the audio
// thread got a clear, a pause or a resume. Must be turned on before the page loads its player.

/** @typedef {{what: string, frame: number, atMs: number}} Mark `frame`: the first sample that is rendered after it */

/** Longest ramp from silence to sound. */
const LINE = 120;
/** Longest fade of a sound that broke off. */
const FADE = 1440;
/** So many equal samples in a row are no coincidence. */
const RUN = 240;

/**
 * Runs on the audio thread beside the player, and is called for each block that the player renders. It counts the samples itself. On a busy
 * machine the context's own `currentFrame` sometimes did not advance for a block, and advanced by two blocks later, while the sound went on.
 * It sees what the player gets by any port, because the gateway's messages come past the page, from a worker.
 */
const RECORDER = `
const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
let mark = () => {};
Object.defineProperty(MessagePort.prototype, "onmessage", {
  configurable: true,
  get,
  set(handler) {
    set.call(this, handler && ((event) => {
      handler.call(this, event);
      if (["clear", "hold", "resume"].includes(event.data?.t)) mark(event.data.t);
    }));
  },
});
registerProcessor("test-recorder", class extends AudioWorkletProcessor {
  #next = 0;
  #frame = currentFrame;
  constructor() {
    super();
    mark = (what) => this.port.postMessage({ what, frame: this.#next });
  }
  process([input]) {
    this.port.postMessage({ leapt: currentFrame !== this.#frame, samples: new Float32Array(input[0] ?? 128) });
    this.#frame = currentFrame + 128;
    this.#next += 128;
    return true;
  }
});`;

/** Has the player leave the length of the sound as it is. @param {import("playwright-core").BrowserContext} context with `bypassCSP` */
export function recordRawOutput(context) {
  return context.addInitScript((code) => {
    const raw = { blocks: [], marks: [] };
    const Original = window.AudioWorkletNode;
    const { addModule } = AudioWorklet.prototype;
    window.rawOutput = raw;
    AudioWorklet.prototype.addModule = async function (...player) {
      const recorder = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      await addModule.call(this, recorder); // first, so that it sees the player's ports
      await addModule.apply(this, player);
    };
    window.AudioWorkletNode = class extends Original {
      constructor(context, name, options) {
        super(context, name, options);
        if (name !== "stentor-playout") return;
        this.port.postMessage({ t: "exact" });
        const recorder = new Original(context, "test-recorder", { channelCount: 1, channelCountMode: "explicit" });
        recorder.port.onmessage = ({ data }) => {
          if (data.what) raw.marks.push({ ...data, atMs: performance.now() });
          else raw.blocks.push(data);
        };
        this.connect(recorder).connect(context.destination);
      }
    };
  }, RECORDER);
}

/**
 * Returns the recording so far, in one piece. `leaps` counts the blocks at which the context's own clock was wrong.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<{samples: Float32Array, marks: Mark[], leaps: number}>}
 */
export async function rawOutput(page) {
  const { text, ...recorded } = await page.evaluate(() => {
    const { blocks, marks } = window.rawOutput;
    const samples = new Float32Array(128 * blocks.length);
    blocks.forEach((block, index) => samples.set(block.samples, 128 * index));
    const bytes = new Uint8Array(samples.buffer);
    const parts = [];
    for (let at = 0; at < bytes.length; at += 32768) parts.push(String.fromCharCode(...bytes.subarray(at, at + 32768)));
    return { text: btoa(parts.join("")), marks, leaps: blocks.filter(({ leapt }) => leapt).length };
  });
  return { ...recorded, samples: new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer) };
}

/**
 * Finds the expected samples in the recording, one after the other. The sound may break off: a fade to silence, silence, and a ramp to the
 * very next sample.
 *
 * @param {Float32Array} samples
 * @param {number} begins
 * @param {Int16Array} expected
 * @param {number} until no further than this
 * @returns {{count: number, end: number, breaks: {from: number, to: number, sample: number}[]}} how many came, and where they ended
 */
export function follow(samples, begins, expected, until) {
  const breaks = [];
  let count = 0;
  let end = begins;
  for (let at = begins; at >= 0; at = nextRun(samples, end, expected, count, until)) {
    if (count > 0) breaks.push({ from: end, to: at, sample: count });
    const more = agreement(samples, at, expected, count);
    count += more;
    end = at + more;
  }
  return { count, end, breaks };
}

/**
 * Returns the first position from `at` on where a sound begins, though it may soon break off; -1 if it does not begin.
 *
 * @param {Float32Array} samples
 * @param {number} at
 * @param {Int16Array} expected
 */
export function whereSpoken(samples, at, expected) {
  const audible = expected.findIndex((sample) => sample !== 0);
  const found = whereBegins(samples, at + audible, expected, audible, RUN);
  return found < 0 ? -1 : found - audible;
}

/** Returns the first position from `at` on that has so many expected samples, beginning with `first`; -1 if there is none. */
function whereBegins(samples, at, expected, first, least) {
  for (let i = at; i < samples.length; i++) if (agreement(samples, i, expected, first, least) === least) return i;
  return -1;
}

/** Counts the expected samples, from `first` on, that are at `at`, bit for bit; may stop at `most`. */
function agreement(samples, at, expected, first, most = Infinity) {
  const end = Math.min(expected.length - first, most);
  let count = 0;
  while (count < end && samples[at + count] * 32768 === expected[first + count]) count++;
  return count;
}

/** Returns where the sound continues after a break, if there is only silence and ramps in between. */
function nextRun(samples, at, expected, first, until) {
  const least = Math.min(RUN, expected.length - first);
  if (least === 0) return -1;
  const next = whereBegins(samples, at, expected, first, least);
  if (next < 0 || next > until) return -1;
  return samples.subarray(at + FADE, next - LINE).every((sample) => !(Math.abs(sample) > 0)) ? next : -1;
}
