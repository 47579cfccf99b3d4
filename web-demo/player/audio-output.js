import { outputStamp, outputTime } from "./output-time.js";
import { SAMPLES_PER_SECOND } from "./timeline.js";
import { workletUrl } from "./worklet-url.js";

/** Tells developers of a failure that nobody waits for. @param {unknown} failure */
export const warn = (failure) => console.warn("stentor", failure);

/**
 * The path to the loudspeaker: audio context, play-out on the audio thread, volume. It must be created in a user gesture, as browsers
 * demand. The context runs at the timeline's own rate if the browser allows it.
 */
export class AudioOutput {
  #context;
  #gain;
  /** @type {AudioWorkletNode | null} */
  #node = null;

  /**
   * @param {(report: any) => void} onMessage receives the audio thread's messages
   * @param {() => void} onStateChange
   * @param {{workletUrl?: string | URL, sinkId?: string}} [options]
   */
  constructor(onMessage, onStateChange, { workletUrl: worklet = workletUrl(), sinkId = "" } = {}) {
    this.#context = newContext();
    if (sinkId) void this.setSink(sinkId).catch(warn); // then the default device plays
    this.#context.onstatechange = onStateChange;
    this.#gain = this.#context.createGain();
    this.#gain.connect(this.#context.destination);
    this.ready = this.#load(onMessage, worklet);
  }

  /** @param {(report: any) => void} onMessage @param {string | URL} worklet */
  async #load(onMessage, worklet) {
    await this.#context.audioWorklet.addModule(worklet);
    const node = new AudioWorkletNode(this.#context, "stentor-playout", { numberOfInputs: 0, outputChannelCount: [1] });
    node.port.onmessage = ({ data }) => onMessage(data);
    node.connect(this.#gain);
    this.#node = node;
  }

  get sampleRate() {
    return this.#context.sampleRate;
  }

  /** The audio context's state; on iOS also `interrupted`. @returns {string} */
  get state() {
    return this.#context.state;
  }

  /** The audio context's time, in seconds. */
  get time() {
    return this.#context.currentTime;
  }

  get sinkId() {
    const { sinkId } = /** @type {{sinkId?: unknown}} */ (this.#context);
    return typeof sinkId === "string" ? sinkId : "";
  }

  /** Plays through another device, where the browser can. @param {string} id empty: the system's default */
  async setSink(id) {
    const context = /** @type {{setSinkId?: (id: string) => Promise<void>}} */ (this.#context);
    await context.setSinkId?.(id);
  }

  get running() {
    return this.#context.state === "running" && this.#node !== null;
  }

  /** Tells whether the audio thread can take messages. */
  get loaded() {
    return this.#node !== null;
  }

  /** Lets it run. While it is interrupted that is in vain, and keeps it from running later. */
  async resume() {
    if (this.state !== "interrupted") await this.#context.resume();
  }

  /** @param {object} message @param {Transferable[]} [transfer] */
  post(message, transfer = []) {
    this.#node?.port.postMessage(message, transfer);
  }

  /** Returns the other end of a port at which the audio thread takes sound, and what happens to it. */
  feed() {
    const { port1, port2 } = new MessageChannel();
    this.post({ t: "feed", port: port1 }, [port1]);
    return port2;
  }

  /** The context time of the sound that leaves the output now. */
  get heardTime() {
    return outputTime(this.#context);
  }

  /** Returns when which sound leaves the output; null if that is not known. @param {number} nowMs the page's clock */
  stamp(nowMs) {
    return this.running ? outputStamp(this.#context, nowMs) : null;
  }

  /** How often the device had to wait for the browser, where the browser tells it. @returns {number | null} */
  get deviceUnderruns() {
    return /** @type {any} */ (this.#context).playbackStats?.underrunEvents ?? null;
  }

  get latencyMs() {
    return Math.max(0, Math.round((this.#context.currentTime - this.heardTime) * 1000));
  }

  /** @param {number} level 0 to 1; changes without a click */
  set volume(level) {
    this.#gain.gain.setTargetAtTime(level, this.#context.currentTime, 0.015);
  }

  /** Ends the output, which calls nobody back any more. */
  close() {
    this.#context.onstatechange = null;
    if (this.#node) this.#node.port.onmessage = null;
    return this.#context.close();
  }
}

function newContext() {
  try {
    return new AudioContext({ sampleRate: SAMPLES_PER_SECOND, latencyHint: "interactive" });
  } catch {
    return new AudioContext(); // the audio thread then resamples
  }
}
