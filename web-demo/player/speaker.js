import { AudioOutput, warn } from "./audio-output.js";
import { DeviceWatch } from "./device-watch.js";
import { pageEnvironment } from "./player-environment.js";
import { OutputWatch } from "./output-watch.js";
import { isOlder } from "./frames.js";
import { Cues } from "./cues.js";
import { HeardPosition } from "./heard.js";
import { bufferStats } from "./stats.js";
import { SAMPLES_PER_MS } from "./timeline.js";

/** The report that holds until the audio thread sends its first one. */
const NO_REPORT = { gen: 0, level: 0, counts: {} };

/**
 * @typedef {object} SpeakerListener
 * @property {() => void} onState `audio` or `playout` has changed
 * @property {(level: {rms: number, peak: number}) => void} onLevel
 * @property {(cut: {gen: number, pos: number}) => void} onCut a clear took effect at this listener
 * @property {(run: {pos: number, samples: Int16Array}) => void} onTap
 * @property {(scaling: import("./playhead.js").TimeScaling) => void} onScaled the sound's length was changed, if the tap is on
 * @property {() => void} onReady the audio thread runs
 * @property {(lostMs: number) => void} onReplaced an output that stood still was replaced, and so much of its sound was lost
 * @property {(ms: number) => void} onStall the play-out had stalled for so long
 */

/**
 * The play-out as the page's thread sees it. It creates the output, gives the port that takes sound, and knows which sample is heard.
 * Until it is unlocked, nothing is heard, and every cue runs at once.
 */
export class Speaker {
  #listener;
  #options;
  #environment;
  /** @type {AudioOutput | null} */
  #output = null;
  /** Watch over the output. @type {{changed?: () => void, close: () => void}[]} */
  #watches = [];
  /** The output of which somebody has the port. @type {AudioOutput | null} */
  #connected = null;
  #heard = new HeardPosition();
  #cues = new Cues();
  #playout = "idle";
  /** The newest generation that the page knows of; null before the first frame. @type {number | null} */
  #gen = null;
  /**
   * A clear that the audio thread has applied and the page, which was busy, does not know yet: where the older generation fell silent or
   * began to drain.
   *
   * @type {{gen: number, pos: number} | null}
   */
  #unknownClear = null;
  /** The audio thread's latest report. @type {any} */
  #report = NO_REPORT;
  /**
   * Position and due time of the newest frame, which relate the timeline to the server's clock.
   *
   * @type {{pos: number, tsUs: number} | null}
   */
  #newestFrame = null;
  #targetMs = 0;
  #stalledBefore = 0;
  /** Number of samples that went by while locked. */
  #unheard = 0;
  /** True if any sound of this timeline was passed to the audio thread. If not, none will be heard. */
  #delivered = false;
  #volume = 1;
  #muted = false;
  #tapped = false;

  /** The channel's life of which the play-out's reports count. @type {number | null} */
  epoch = null;

  /**
   * @param {SpeakerListener} listener
   * @param {{exact?: boolean, workletUrl?: string | URL, sinkId?: string}} options
   * @param {import("./player-environment.js").PlayerEnvironment} [environment]
   */
  constructor(listener, options, environment = pageEnvironment) {
    this.#listener = listener;
    this.#options = options;
    this.#environment = environment;
  }

  unlock() {
    return this.#start(this.#output ?? this.#take(this.#create()));
  }

  /** Plays through another device, where the browser can. @param {string} id empty: the system's default */
  set sinkId(id) {
    this.#options = { ...this.#options, sinkId: id };
    this.#output?.setSink(id).catch(warn);
  }

  /** Creates an output, which tells nothing before it is the one that plays. */
  #create() {
    /** @type {AudioOutput} */
    const output = new AudioOutput(
      (message) => this.#output === output && this.#onMessage(message),
      () => this.#output === output && this.#onStateChange(),
      this.#options,
    );
    return output;
  }

  #onStateChange() {
    for (const watch of this.#watches) watch.changed?.();
    this.#listener.onState();
  }

  /** Makes this the output that plays. @param {AudioOutput} output */
  #take(output) {
    const watch = new OutputWatch(
      output,
      this.#environment,
      () => this.#startUnasked(this.#create()),
      (other) => this.#replace(other),
    );
    this.#output = output;
    this.#watches = [watch, new DeviceWatch(output, this.#environment.page)];
    watch.changed();
    return output;
  }

  /** Replaces an output that is broken by another one. What it had not played yet is lost. @param {AudioOutput} other */
  #replace(other) {
    const lostMs = this.stats.bufferMs;
    this.#end();
    this.#take(other);
    this.#listener.onReplaced(lostMs);
    this.#startUnasked(other);
  }

  /** Starts an output for which nobody asked. @param {AudioOutput} output */
  #startUnasked(output) {
    this.#start(output).catch(warn);
    return output;
  }

  /** @param {AudioOutput} output */
  async #start(output) {
    try {
      await Promise.all([output.resume(), output.ready]);
    } catch (failure) {
      this.#giveUp(output);
      throw failure;
    }
    if (this.#output !== output) return; // it was closed meanwhile, or waits for its turn
    this.#applyVolume();
    this.#listener.onReady();
    if (this.#tapped) this.tap();
    if (this.#options.exact) output.post({ t: "exact" });
    this.#listener.onState();
  }

  /** Returns a port at which the audio thread takes sound; null if there is no audio thread yet, or if it has one already. */
  port() {
    const output = this.#output;
    if (!output?.loaded || this.#connected === output) return null;
    this.#connected = output;
    return output.feed();
  }

  /** Returns when which sound leaves the output; null if that is not known. */
  stamp() {
    return this.#output?.stamp(this.#environment.now()) ?? null;
  }

  /** Tells the audio thread when sound is due, which keeps it in step with other players. @param {number | null} shift see the step control */
  aim(shift) {
    this.#output?.post({ t: "sync", shift });
  }

  /** Lets the port be asked for again, because nobody has it any more. */
  disconnect() {
    this.#connected = null;
  }

  /** Closes an output whose worklet did not load, so that the next unlock begins anew. @param {AudioOutput} output */
  #giveUp(output) {
    if (this.#output !== output) return;
    this.#end();
    this.#listener.onState();
  }

  close() {
    this.#end();
    this.#cues.heard(Infinity);
  }

  /** Ends the output, and forgets what it told. */
  #end() {
    for (const watch of this.#watches) watch.close();
    this.#watches = [];
    void this.#output?.close();
    this.#output = this.#connected = null;
    this.#delivered = false;
    this.#playout = "idle";
    this.#report = NO_REPORT;
    this.#stalledBefore = 0;
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

  /** Takes note of a frame that arrived. @param {import("./line.js").FrameNotice} frame */
  arrived({ pos, gen, tsUs, delivered, unheard }) {
    this.#gen = gen;
    this.#unknownClear = null;
    this.#newestFrame = { pos, tsUs };
    this.#delivered = delivered && this.#output !== null;
    this.#unheard = unheard;
  }

  /** Takes note of how much is buffered. @param {number} targetMs */
  set targetMs(targetMs) {
    this.#targetMs = targetMs;
  }

  /** Forgets the cues of what a clear has cancelled. @param {{gen: number, drain_ms?: number}} clear */
  clear({ gen, drain_ms: drainMs = 0 }) {
    const { pos } = this.#unknownClear ?? this.heard;
    this.#cues.drop(pos + drainMs * SAMPLES_PER_MS);
    this.#gen = gen;
    this.#unknownClear = null;
  }

  /** Forgets everything, because another timeline on another clock begins. @param {number} epoch */
  reset(epoch) {
    this.epoch = epoch;
    this.#cues.heard(Infinity);
    this.#heard.reset();
    this.#newestFrame = this.#gen = this.#unknownClear = null;
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

  /** @returns {import("./stats.js").PlayoutStats & import("./stats.js").BufferStats} */
  get stats() {
    return {
      ...this.#report.counts,
      ...bufferStats(this.#report.counts),
      unheard: this.#unheard,
      bufferMs: Math.round(this.#report.level / SAMPLES_PER_MS),
      targetMs: this.#targetMs,
      outMs: this.#output?.latencyMs ?? 0,
      sampleRateHz: this.#output?.sampleRate ?? 0,
      syncErrorMs: this.#report.lateMs ?? null,
      deviceUnderruns: this.#output?.deviceUnderruns ?? null,
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
    const { epoch, state, pos, gen, time, counts, rms, peak, cut } = message;
    if (epoch !== undefined && epoch !== this.epoch) return; // it belongs to another timeline
    this.#report = message;
    this.#heard.add({ time, pos, gen, playing: state === "playing" });
    const changed = state !== this.#playout;
    if (changed && this.#playout === "stalled") this.#tellStall(counts.stalled);
    this.#playout = state;
    if (this.#gen !== null && isOlder(this.#gen, gen)) this.#unknownClear ??= { gen, pos: cut?.pos ?? pos };
    else this.#cues.heard(this.heard.pos);
    this.#listener.onLevel({ rms, peak });
    if (cut) this.#listener.onCut(cut);
    if (changed) this.#listener.onState();
  }

  /** @param {number} stalled samples of all stalls so far */
  #tellStall(stalled) {
    this.#listener.onStall((stalled - this.#stalledBefore) / SAMPLES_PER_MS);
    this.#stalledBefore = stalled;
  }

  #applyVolume() {
    if (this.#output) this.#output.volume = this.#muted ? 0 : this.#volume;
  }
}
