import { AUDIO, HEADER_BYTES, LAST, MIXED } from "./frames.js";
import { SAMPLES_PER_MS, SAMPLES_PER_SECOND } from "./timeline.js";

const DECODED_HZ = 48000;
/** Decoded samples for each sample of the timeline. */
const RATIO = DECODED_HZ / SAMPLES_PER_SECOND;
const CONFIG = { codec: "opus", sampleRate: DECODED_HZ, numberOfChannels: 1 };

/** Tells whether this browser decodes Opus. */
export async function decodesOpus() {
  if (typeof AudioDecoder === "undefined") return false;
  try {
    return (await AudioDecoder.isConfigSupported(CONFIG)).supported === true;
  } catch {
    return false;
  }
}

/**
 * A packet in the decoder.
 *
 * @typedef {object} Packet
 * @property {import("./frames.js").Frame} frame
 * @property {boolean} anew whether it does not continue where the packet before ended
 * @property {number} playFrom earlier samples only bring the decoder into the right state, and are not played
 * @property {boolean} replayed
 * @property {number} arrivalMs
 */

/**
 * Decodes frames of Opus into frames of samples at their exact positions. The decoder's output has 48 kHz. Speech at 24 kHz fills only
 * the lower half of its spectrum, so every second sample is that speech. The output is late by the pre-skip. The last packet before a
 * pause brings the missing end. Everything comes out in order, a little later. Confined to one thread.
 *
 * @see ../../docs/adr/0025-renditions.md
 */
export class OpusDecoding {
  #output;
  #fail;
  #create;
  /** The decoder's delay, in samples of the timeline. */
  #lag;
  /** @type {AudioDecoder | null} */
  #decoder = null;
  /** @type {(Packet | (() => void))[]} */
  #queue = [];
  /** Duration of all packets so far, in µs: the decoder needs time stamps. */
  #fedUs = 0;
  /** Position after the last packet taken; null if the next one begins anew. @type {number | null} */
  #expected = null;
  /** Position after the last sample that came out. */
  #next = 0;

  /**
   * @param {number} preskip the stream's pre-skip, in samples at 48 kHz
   * @param {import("./connection.js").FrameSink} output takes the decoded frames
   * @param {(what: string) => void} fail
   * @param {(init: AudioDecoderInit) => AudioDecoder} [create]
   */
  constructor(preskip, output, fail, create = (init) => new AudioDecoder(init)) {
    this.#lag = preskip / RATIO;
    this.#output = output;
    this.#fail = fail;
    this.#create = create;
  }

  /**
   * Takes the next frame.
   *
   * @param {import("./frames.js").Frame} frame with a packet, or silence
   * @param {ArrayBuffer} buffer its message
   * @param {boolean} replayed
   * @param {number} arrivalMs
   * @param {number} playFrom earlier samples only bring the decoder into the right state, and are not played
   */
  write(frame, buffer, replayed, arrivalMs, playFrom) {
    const end = frame.pos + frame.count;
    if (!frame.packet) {
      this.#expected = null;
      if (end > playFrom) this.after(() => this.#output.write(frame, buffer, replayed, arrivalMs, playFrom));
      return;
    }
    this.#queue.push({ frame, anew: frame.pos !== this.#expected, playFrom, replayed, arrivalMs });
    this.#expected = end;
    const duration = (frame.flags & (LAST | MIXED)) === LAST ? 40_000 : 20_000;
    this.#open().decode(
      new EncodedAudioChunk({ type: "key", timestamp: this.#fedUs, duration, data: /** @type {any} */ (frame.packet) }),
    );
    this.#fedUs += duration;
  }

  /** Runs something as soon as all sound before it has come out. @param {() => void} run */
  after(run) {
    if (this.#queue.length === 0) run();
    else this.#queue.push(run);
  }

  /** Drops what has not come out yet. The next frame begins anew. */
  reset() {
    const waiting = this.#queue;
    this.#queue = [];
    this.#expected = null;
    this.close();
    for (const item of waiting) if (typeof item === "function") item();
  }

  close() {
    if (this.#decoder && this.#decoder.state !== "closed") this.#decoder.close();
    this.#decoder = null;
  }

  #open() {
    if (!this.#decoder) {
      /** @type {AudioDecoder} */
      const decoder = this.#create({
        output: (data) => (decoder === this.#decoder ? this.#onDecoded(data) : data.close()),
        error: (failure) => {
          if (decoder === this.#decoder) this.#onError(failure.message);
        },
      });
      decoder.configure(CONFIG);
      this.#decoder = decoder;
    }
    return this.#decoder;
  }

  /** @param {string} why */
  #onError(why) {
    this.#fail(`opus: ${why}`);
    this.reset();
  }

  /** @param {AudioData} data */
  #onDecoded(data) {
    const packet = /** @type {Packet} */ (this.#queue.shift());
    const decoded = new Float32Array(data.numberOfFrames);
    data.copyTo(decoded, { planeIndex: 0, format: "f32-planar" });
    data.close();
    this.#emit(packet, decoded);
    while (typeof this.#queue[0] === "function") /** @type {() => void} */ (this.#queue.shift())();
  }

  /** @param {Packet} packet @param {Float32Array} decoded */
  #emit({ frame, anew, playFrom, replayed, arrivalMs }, decoded) {
    const begin = frame.pos - this.#lag;
    const last = (frame.flags & LAST) !== 0;
    const end = Math.min(begin + decoded.length / RATIO, frame.pos + frame.count);
    const from = anew ? Math.max(frame.pos, playFrom) : this.#next;
    this.#next = Math.max(from, end);
    if (from >= end) return;
    const buffer = new ArrayBuffer(HEADER_BYTES + 2 * (end - from));
    const samples = new Int16Array(buffer, HEADER_BYTES);
    for (let i = 0; i < samples.length; i++) samples[i] = toInt16(decoded[RATIO * (from - begin + i)]);
    const shiftMs = (from - frame.pos) / SAMPLES_PER_MS;
    const placed = {
      ...frame,
      type: AUDIO,
      flags: last && end === frame.pos + frame.count ? frame.flags : frame.flags & ~LAST,
      pos: from,
      tsUs: frame.tsUs + Math.round(shiftMs * 1000),
      count: samples.length,
      samples,
      packet: null,
    };
    this.#output.write(placed, buffer, replayed, arrivalMs + shiftMs, from);
  }
}

/** @param {number} sample */
const toInt16 = (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
