import { JitterEstimator } from "./estimator.js";
import { OpusDecoding } from "./opus.js";
import { resentUntil } from "./timeline.js";

/**
 * @typedef {object} FeedListener
 * @property {(targetMs: number) => void} onTarget
 * @property {(what: string) => void} onFault
 */

/**
 * Passes what arrives to the audio thread: frames, decoded if need be, and what happens to them, in the order of arrival; and says how much
 * to buffer. Until the audio thread is connected, no sound is kept. Confined to the connection's thread.
 */
export class Feed {
  #listener;
  #estimator;
  /** The way to the audio thread. @type {import("./line.js").SoundPort | null} */
  #port = null;
  /** Set only while the stream is in Opus. @type {OpusDecoding | null} */
  #decoding = null;
  /** @type {number | null} */
  #epoch = null;
  /** End of the sound that was sent a second time. Such frames are late, and say nothing about the network. */
  #resentUntil = 0;
  #leadMs = 0;
  /** What the audio thread was told last. */
  #networkMs = 0;
  #toldLeadMs = 0;

  /** Number of samples that came while no audio thread was there. */
  unheard = 0;
  /** True if any sound of this timeline was passed to the audio thread. If not, none will be heard. */
  delivered = false;

  /** @param {FeedListener} listener @param {{preset?: import("./preset.js").Preset, capMs?: number}} limits */
  constructor(listener, limits) {
    this.#listener = listener;
    this.#estimator = new JitterEstimator(limits);
  }

  /** Connects the audio thread, or leaves it. @param {import("./line.js").SoundPort | null} port */
  set port(port) {
    this.#port?.close();
    this.#port = port;
    this.delivered = false;
    if (this.#epoch !== null) this.#post({ t: "epoch", epoch: this.#epoch });
    this.#applyTarget(true);
  }

  /** @type {import("./connection.js").FrameSink} where frames go now */
  get sink() {
    return this.#decoding ?? this;
  }

  /** Takes the greeting, and the events in it that still hold. @param {any} welcome */
  welcome({ epoch, resume, now = [] }) {
    if (resume?.status !== "ok" && this.#epoch !== null) {
      if (this.#epoch === epoch) this.#mayEnd();
      else this.#reset();
    }
    this.#enter(epoch);
    this.#snapshot(now);
  }

  /** Takes a text message; most of them say nothing about sound. @param {any} message */
  message(message) {
    switch (message.t) {
      case "stream":
        this.#enter(message.epoch ?? this.#epoch);
        return this.#follow(message);
      case "utterance.ended":
        return this.#mayEnd();
      case "pause":
        return this.#post({ t: "hold" });
      case "resume":
        return this.#post({ t: "resume" });
      case "clear":
        return this.#clear(message);
      case "gap":
        this.#mayEnd();
        return this.#snapshot(message.now ?? []);
    }
  }

  /**
   * Takes a frame of samples. The ownership of its buffer moves to the audio thread.
   *
   * @type {import("./connection.js").FrameSink["write"]}
   */
  write(frame, buffer, replayed, arrivalMs, playFrom) {
    const { pos, tsUs, count } = frame;
    if (pos + count <= playFrom) return;
    if (!replayed && pos >= this.#resentUntil) this.#estimator.observe(arrivalMs, tsUs / 1000);
    this.#applyTarget();
    this.delivered = this.#port !== null;
    if (this.#port) this.#port.postMessage(forAudioThread(frame, buffer, replayed), frame.samples ? [buffer] : []);
    else this.unheard += count;
  }

  /** Raises the target after a stall. @param {number} stallMs */
  stalled(stallMs) {
    this.#estimator.underran(stallMs);
    this.#applyTarget();
  }

  close() {
    this.#decoding?.close();
    this.#decoding = null;
    this.#port?.close();
    this.#port = null;
  }

  /** Applies the events that still hold. If no pause is among them, an earlier pause has ended meanwhile. @param {any[]} now */
  #snapshot(now) {
    if (!now.some(({ t }) => t === "pause")) this.#post({ t: "resume" });
    for (const event of now) this.message(event);
  }

  /**
   * Follows the stream's settings. One that continues, after a reconnect or with another lead, keeps its decoder.
   *
   * @param {{codec?: string, preskip?: number, lead_ms?: number, batch_ms?: number}} stream
   */
  #follow({ codec, preskip = 0, lead_ms: leadMs = this.#leadMs, batch_ms: batchMs = this.#estimator.batchMs }) {
    if (codec === "opus") this.#decoding ??= new OpusDecoding(preskip, this, (what) => this.#listener.onFault(what));
    else if (codec !== undefined) {
      this.#decoding?.close();
      this.#decoding = null;
    }
    this.#leadMs = leadMs;
    this.#estimator.batchMs = batchMs;
    this.#applyTarget();
  }

  /** Tells the audio thread that the sound may end after what has arrived so far: this is no underrun. */
  #mayEnd() {
    const tell = () => this.#post({ t: "end" });
    if (this.#decoding) this.#decoding.after(tell);
    else tell();
  }

  /** @param {{gen: number, pos?: number, from_pos?: number, drain_ms?: number, fade_ms?: number, continues?: boolean}} clear */
  #clear({ gen, pos, from_pos: fromPos, drain_ms: drainMs = 0, fade_ms: fadeMs, continues }) {
    this.#decoding?.reset();
    if (continues && pos !== undefined && fromPos !== undefined) this.#resentUntil = resentUntil(pos, fromPos);
    this.#post({ t: "clear", gen, pos, fromPos, drainMs, fadeMs, continues });
  }

  /** Tells the audio thread which life of the channel its reports are about from now on. @param {number | null} epoch */
  #enter(epoch) {
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#post({ t: "epoch", epoch });
  }

  /** Forgets everything, because another timeline on another clock begins. */
  #reset() {
    this.#decoding?.reset();
    this.#post({ t: "reset" });
    this.#estimator.reset();
    this.#resentUntil = 0;
    this.delivered = false;
  }

  #applyTarget(force = false) {
    const networkMs = this.#estimator.targetMs;
    const changed = networkMs !== this.#networkMs || this.#leadMs !== this.#toldLeadMs;
    if (!this.#port || !(changed || force)) return;
    this.#networkMs = networkMs;
    this.#toldLeadMs = this.#leadMs;
    const targetMs = Math.max(networkMs, this.#leadMs);
    this.#listener.onTarget(targetMs);
    this.#post({ t: "target", targetMs, leadMs: this.#leadMs, networkMs });
  }

  /** @param {object} message */
  #post(message) {
    this.#port?.postMessage(message, []);
  }
}

/** @param {import("./frames.js").Frame} frame @param {ArrayBuffer} buffer its message @param {boolean} replayed */
const forAudioThread = ({ pos, gen, flags, tsUs, count, samples }, buffer, replayed) => ({
  ...{ t: "frame", pos, gen, flags, tsUs, count, replayed },
  buffer: samples && buffer,
});
