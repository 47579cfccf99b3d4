/**
 * @typedef {object} Request one text that this page had spoken; its times are in ms
 * @property {number} postMs how long the gateway took to answer
 * @property {number} heardMs how long it took until the first sample left the output
 * @property {number} rttMs the round trip of a message
 * @property {{begun_ms?: number, first_sound_ms?: number, released_ms?: number}} times the gateway's, since it took the request
 */

/** @typedef {{name: string, fromMs: number, toMs: number}} Span one stage on the way */

/**
 * Divides the time from a request to its sound into stages, one after the other. The gateway's clock counts from when it took the
 * request; that was half a round trip before its answer came.
 *
 * @param {Request} request
 * @returns {Span[]}
 */
export function stages({ postMs, heardMs, rttMs, times }) {
  const taken = Math.max(0, postMs - rttMs / 2);
  const at = (/** @type {number | undefined} */ ms) => (ms === undefined ? heardMs : Math.min(heardMs, taken + ms));
  const marks = [0, at(0), at(times.begun_ms), at(times.first_sound_ms), at(times.released_ms), heardMs];
  const names = [
    "Request to the gateway",
    "Waiting for the voice",
    "Making the first sound",
    "Waiting for its turn",
    "Network, buffer and loudspeaker",
  ];
  return names.map((name, i) => ({
    name,
    fromMs: Math.round(marks[i]),
    toMs: Math.round(Math.max(marks[i], marks[i + 1])),
  }));
}
