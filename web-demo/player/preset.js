/**
 * What the buffer is for: `conversation` keeps the latency small, `kiosk` keeps the sound unbroken.
 *
 * @typedef {"conversation" | "kiosk"} Preset
 */

/** Throws a RangeError if a preset does not exist. @param {string} [preset] */
export function checkPreset(preset = "kiosk") {
  if (!["conversation", "kiosk"].includes(preset))
    throw new RangeError(`preset is one of conversation, kiosk, not ${preset}`);
}
