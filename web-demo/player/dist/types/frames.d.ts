export declare const HEADER_BYTES = 24;
export declare const AUDIO = 1;
export declare const SILENCE = 2;
export declare const FIRST = 1;
export declare const LAST = 2;
export declare const MIXED = 32;
export type Frame = {
    type: number;
    flags: number;
    /**
     * generation; frames of an older one are dropped
     */
    gen: number;
    /**
     * the entry's number
     */
    seq: number;
    /**
     * position of the first sample on the channel's timeline
     */
    pos: number;
    /**
     * due time of that sample, in µs of the server's monotonic clock
     */
    tsUs: number;
    /**
     * number of samples that the frame stands for
     */
    count: number;
    samples: Int16Array | null;
    /**
     * an encoded packet, as a view of the buffer; null if there is none
     */
    packet: Uint8Array | null;
};
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
export declare function decodeFrame(message: ArrayBuffer, codec?: string): Frame;
/**
 * Tells whether one generation came before another, by serial-number arithmetic: 65535 is older than 0.
 *
 * @param {number} gen
 * @param {number} than
 */
export declare function isOlder(gen: number, than: number): boolean;
/** Returns the entry number after this one. @param {number} seq */
export declare const nextSeq: (seq: number) => number;
/** Tells whether one entry number came before another, by serial-number arithmetic. @param {number} seq @param {number} than */
export declare const isEarlier: (seq: number, than: number) => boolean;
