export type Preset = "conversation" | "kiosk";
/**
 * What the buffer is for: `conversation` keeps the latency small, `kiosk` keeps the sound unbroken.
 *
 * @typedef {"conversation" | "kiosk"} Preset
 */
/**
 * For each preset: the share of the windows in which nothing may come too late; how long the longest delay is remembered, and how many times
 * the usual one it may count at most; the largest target.
 *
 * @type {Record<Preset, {quantile: number, holdMs: number, peakLimit: number, capMs: number}>}
 */
export declare const PRESETS: Record<Preset, {
    quantile: number;
    holdMs: number;
    peakLimit: number;
    capMs: number;
}>;
/** Throws a RangeError if a preset does not exist. @param {string} [preset] */
export declare function checkPreset(preset?: string): void;
/**
 * Estimates from arrival times how much must be buffered so that nobody hears the network. Each delay is compared with the smallest recent
 * delay. The longest of each half second is counted in a histogram that forgets old values. The target is a high quantile of it, or the longest delay of the last seconds if
 * that is not much more. Of frames that arrive together only the first counts, because it waited longest. The time that the server may have kept it for its batch is no jitter; the target includes it
 * anyway. Frames of a replay must not be passed to it.
 */
export declare class JitterEstimator {
    #private;
    /**
     * The longest interval between two sends, from `stream`. The server may send more often: to few listeners, and where sound begins, it
     * sends each frame by itself.
     */
    batchMs: number;
    /** @param {{preset?: Preset, floorMs?: number, capMs?: number}} [limits] `capMs`: instead of the preset's */
    constructor({ preset, floorMs, capMs }?: {
        preset?: Preset;
        floorMs?: number;
        capMs?: number;
    });
    /**
     * Takes the arrival of a live frame.
     *
     * @param {number} arrivalMs on the listener's clock
     * @param {number} dueMs on the server's clock; only differences matter
     */
    observe(arrivalMs: number, dueMs: number): void;
    /** Raises the target at once after an underrun. The histogram follows more slowly. @param {number} stallMs */
    underran(stallMs: number): void;
    /** Forgets the smallest delay, because another server clock begins. */
    reset(): void;
    /** Returns how much should be buffered, in milliseconds. */
    get targetMs(): number;
}
