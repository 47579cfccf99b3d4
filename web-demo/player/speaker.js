import { AudioOutput } from "./audio-output.js";
import { Cues } from "./cues.js";
import { JitterEstimator } from "./estimator.js";
import { HeardPosition } from "./heard.js";
import { SAMPLES_PER_MS, resentUntil } from "./timeline.js";

/** The report that holds until the audio thread sends its first one. */
const NO_REPORT = { gen: 0, level: 0, counts: {} };

/**
 * @typedef {object} SpeakerListener
 * @property {() => void} onState `audio` or `playout` has changed
 * @property {(level: {rms: number, peak: number}) => void} onLevel
 * @property {(cut: {gen: number, pos: number}) => void} onCut a clear took effect at this listener
 * @property {(run: {pos: number, samples: Int16Array}) => void} onTap
 * @property {(scaling: import("./playhead.js").TimeScaling) => void} onScaled the sound's length was changed, if the tap is on
 */

/**
 * The play-out as the page's thread sees it. It passes frames to the audio thread, tells it how much to buffer, and knows which sample is
 * heard. Until it is unlocked, nothing is heard, no sound is kept, and every cue runs at once.
 */
export class Speaker {
  #listener;
  #estimator;
  #workletUrl;
  /** @type {AudioOutput | null} */
  #output = null;
  #heard = new HeardPosition();
  #cues = new Cues();
  #playout = "idle";
  /** The audio thread's latest report. @type {any} */
  #report = NO_REPORT;
  /**
   * Position and due time of the newest frame, which relate the timeline to the server's clock.
   *
   * @type {{pos: number, tsUs: number} | null}
   */
  #newestFrame = null;
  /** End of the sound that was sent a second time. Such frames are late, and say nothing about the network. */
  #resentUntil = 0;
  #leadMs = 0;
  #targetMs = 0;
  #stalledBefore = 0;
  /** Number of samples that went by while locked. */
  #unheard = 0;
  /** True if any sound of this timeline was passed to the audio thread. If not, none will be heard. */
  #delivered = false;
  #volume = 1;
  #muted = false;
  #tapped = false;
  #exact;

  /**
   * @param {SpeakerListener} listener
   * @param {{preset?: import("./estimator.js").Preset, capMs?: number, exact?: boolean, workletUrl?: string | URL}} options
   */
  constructor(listener, { workletUrl, exact = false, ...limits }) {
    this.#listener = listener;
    this.#estimator = new JitterEstimator(limits);
    this.#workletUrl = workletUrl;
    this.#exact = exact;
  }

  async unlock() {
    this.#output ??= new AudioOutput(
      (message) => this.#onMessage(message),
      () => this.#listener.onState(),
      this.#workletUrl,
    );
    const output = this.#output;
    try {
      await Promise.all([output.resume(), output.ready]);
    } catch (failure) {
      this.#giveUp(output);
      throw failure;
    }
    this.#applyVolume();
    this.#applyTarget(true);
    if (this.#tapped) this.tap();
    if (this.#exact) output.post({ t: "exact" });
    this.#listener.onState();
  }

  /** Closes an output whose worklet did not load, so that the next unlock begins anew. @param {AudioOutput} output */
  #giveUp(output) {
    if (this.#output !== output) return;
    this.#output = null;
    void output.close();
    this.#listener.onState();
  }

  close() {
    this.#output?.close();
    this.#output = null;
    this.#delivered = false;
    this.#playout = "idle";
    this.#report = NO_REPORT;
    this.#stalledBefore = 0;
    this.#cues.heard(Infinity);
    this.#heard.reset();
  }

  get audio() {
    if (!this.#output) return "locked";
    return this.#output.running ? "running" : "suspended";
  }

  get playout() {
    return this.#playout;
  }

  get volume() {
    return this.#volume;
  }

  set volume(level) {
    this.#volume = Math.min(1, Math.max(0, level));
    this.#applyVolume();
  }

  get muted() {
    return this.#muted;
  }

  set muted(muted) {
    this.#muted = muted;
    this.#applyVolume();
  }

  /** @param {{lead_ms?: number, batch_ms?: number}} stream */
  follow({ lead_ms: leadMs = this.#leadMs, batch_ms: batchMs = this.#estimator.batchMs }) {
    this.#leadMs = leadMs;
    this.#estimator.batchMs = batchMs;
    this.#applyTarget();
  }

  /**
   * Takes a frame. The ownership of its buffer moves to the audio thread.
   *
   * @param {import("./frames.js").Frame} frame
   * @param {ArrayBuffer} buffer
   * @param {boolean} replayed
   * @param {number} arrivalMs
   * @param {number} playFrom a frame that ends before this position is not played
   */
  write({ pos, tsUs, count }, buffer, replayed, arrivalMs, playFrom) {
    if (pos + count <= playFrom) return;
    this.#newestFrame = { pos, tsUs };
    if (!replayed && pos >= this.#resentUntil) this.#estimator.observe(arrivalMs, tsUs / 1000);
    this.#applyTarget();
    this.#delivered = this.#output?.loaded ?? false;
    if (this.#delivered) this.#output?.post({ t: "frame", buffer, replayed }, [buffer]);
    else this.#unheard += count;
  }

  /** Allows the sound to end after what was written: this is no underrun. */
  mayEnd() {
    this.#output?.post({ t: "end" });
  }

  /** @param {{gen: number, pos?: number, from_pos?: number, drain_ms?: number, fade_ms?: number, continues?: boolean}} clear */
  clear({ gen, pos, from_pos: fromPos, drain_ms: drainMs = 0, fade_ms: fadeMs, continues }) {
    this.#cues.drop(this.heard.pos + drainMs * SAMPLES_PER_MS);
    if (continues && pos !== undefined && fromPos !== undefined) this.#resentUntil = resentUntil(pos, fromPos);
    this.#output?.post({ t: "clear", gen, pos, fromPos, drainMs, fadeMs, continues });
  }

  /** Falls silent, and keeps the buffered sound. */
  hold() {
    this.#output?.post({ t: "hold" });
  }

  /** Continues where it was held. */
  resume() {
    this.#output?.post({ t: "resume" });
  }

  /** Forgets everything, because another timeline on another clock begins. */
  reset() {
    this.#output?.post({ t: "reset" });
    this.#cues.heard(Infinity);
    this.#heard.reset();
    this.#estimator.reset();
    this.#resentUntil = 0;
    this.#newestFrame = null;
    this.#delivered = false;
  }

  tap() {
    this.#tapped = true;
    this.#output?.post({ t: "tap" });
  }

  /** Runs something as soon as everything before `pos` was heard. @param {number} pos @param {() => void} run */
  cue(pos, run) {
    this.#cues.set(pos, run);
    if (!this.#output?.running || !this.#delivered) this.#cues.heard(Infinity);
  }

  /** The position that leaves the output now, and its generation. */
  get heard() {
    return this.#output
      ? this.#heard.at(this.#output.heardTime)
      : { pos: this.#newestFrame?.pos ?? 0, gen: this.#report.gen };
  }

  get stats() {
    return {
      ...this.#report.counts,
      unheard: this.#unheard,
      bufferMs: Math.round(this.#report.level / SAMPLES_PER_MS),
      targetMs: this.#targetMs,
      outMs: this.#output?.latencyMs ?? 0,
      sampleRateHz: this.#output?.sampleRate ?? 0,
    };
  }

  /** Returns how long after its due time a sample is heard, in ms; null while none is heard. @param {number} serverNowUs */
  latencyMs(serverNowUs) {
    if (!this.#newestFrame || this.#playout !== "playing") return null;
    const aheadMs = (this.#newestFrame.pos - this.heard.pos) / SAMPLES_PER_MS;
    return Math.round((serverNowUs - this.#newestFrame.tsUs) / 1000 + aheadMs);
  }

  /** @param {any} message */
  #onMessage(message) {
    if (message.t === "tap") {
      this.#listener.onTap(message);
      return;
    }
    if (message.t === "scaled") {
      const { t: _, ...scaling } = message;
      this.#listener.onScaled(scaling);
      return;
    }
    const { state, pos, gen, time, counts, rms, peak, cut } = message;
    this.#report = message;
    this.#heard.add({ time, pos, gen, playing: state === "playing" });
    const changed = state !== this.#playout;
    if (changed && this.#playout === "stalled") this.#learnFromStall(counts.stalled);
    this.#playout = state;
    this.#cues.heard(this.heard.pos);
    this.#listener.onLevel({ rms, peak });
    if (cut) this.#listener.onCut(cut);
    if (changed) this.#listener.onState();
  }

  /** Raises the target after a stall. @param {number} stalled samples of all stalls so far */
  #learnFromStall(stalled) {
    this.#estimator.underran((stalled - this.#stalledBefore) / SAMPLES_PER_MS);
    this.#stalledBefore = stalled;
    this.#applyTarget();
  }

  #applyTarget(force = false) {
    const targetMs = Math.max(this.#estimator.targetMs, this.#leadMs);
    if (!this.#output?.loaded || (targetMs === this.#targetMs && !force)) return;
    this.#targetMs = targetMs;
    this.#output.post({ t: "target", targetMs, leadMs: this.#leadMs });
  }

  #applyVolume() {
    if (this.#output) this.#output.volume = this.#muted ? 0 : this.#volume;
  }
}
