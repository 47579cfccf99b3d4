/**
 * What the buffer is for: `conversation` keeps the latency small, `kiosk` keeps the sound unbroken.
 *
 * @typedef {"conversation" | "kiosk"} Preset
 */
export type Preset = "conversation" | "kiosk";
/** Throws a RangeError if a preset does not exist. @param {string} [preset] */
export declare function checkPreset(preset?: string): void;
