import { FRAME_SAMPLES } from "./timeline.js";

// Binary entries of stentor.v1: a 24-byte big-endian header, then the payload.

export const HEADER_BYTES = 24;
export const AUDIO = 1;
export const SILENCE = 2;
export const FIRST = 1;
export const LAST = 2;
export const MIXED = 32;

/**
 * One binary entry. `samples` is a view of the message's own buffer, and null if the frame has none (silence, reserved types).
 *
 * @typedef {object} Frame
 * @property {number} type
 * @property {number} flags
 * @property {number} gen generation; frames of an older one are dropped
 * @property {number} seq the entry's number
 * @property {number} pos position of the first sample on the channel's timeline
 * @property {number} tsUs due time of that sample, in µs of the server's monotonic clock
 * @property {number} count number of samples that the frame stands for
 * @property {Int16Array | null} samples
 * @property {Uint8Array | null} packet an encoded packet, as a view of the buffer; null if there is none
 */

/**
 * Reads one message without copying its samples. Throws a RangeError if it is not a complete frame.
 *
 * @param {ArrayBuffer} message
 * @param {string} [codec] the codec of the latest `stream`
 * @returns {Frame}
 */
export function decodeFrame(message, codec = "pcm_s16le") {
  const payloadBytes = message.byteLength - HEADER_BYTES;
  if (payloadBytes < 0) throw new RangeError(`a frame has ${HEADER_BYTES} bytes of header, got ${message.byteLength}`);
  const view = new DataView(message);
  const type = view.getUint8(0);
  const header = {
    type,
    flags: view.getUint8(1),
    gen: view.getUint16(2),
    seq: view.getUint32(4),
    pos: exact(view.getBigUint64(8)),
    tsUs: exact(view.getBigInt64(16)),
  };
  if (type === AUDIO && codec === "opus") {
    if (payloadBytes === 0) throw new RangeError("a packet has at least one byte");
    return { ...header, count: FRAME_SAMPLES, samples: null, packet: new Uint8Array(message, HEADER_BYTES) };
  }
  if (type === AUDIO) {
    if (payloadBytes % 2 !== 0) throw new RangeError(`half a sample in ${payloadBytes} bytes`);
    return { ...header, count: payloadBytes / 2, samples: new Int16Array(message, HEADER_BYTES), packet: null };
  }
  if (type === SILENCE && payloadBytes !== 4)
    throw new RangeError(`a silence has 4 bytes of count, got ${payloadBytes}`);
  return { ...header, count: type === SILENCE ? view.getUint32(HEADER_BYTES) : 0, samples: null, packet: null };
}

/**
 * Tells whether one generation came before another, by serial-number arithmetic: 65535 is older than 0.
 *
 * @param {number} gen
 * @param {number} than
 */
export function isOlder(gen, than) {
  return ((gen - than) & 0xffff) > 0x7fff;
}

/** Returns the entry number after this one. @param {number} seq */
export const nextSeq = (seq) => (seq + 1) >>> 0;

/** Tells whether one entry number came before another, by serial-number arithmetic. @param {number} seq @param {number} than */
export const isEarlier = (seq, than) => (seq - than) >>> 0 > 0x7fffffff;

/** Converts to a number, or throws a RangeError if that is not exact. @param {bigint} value */
function exact(value) {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is past the exact integers`);
  return number;
}
