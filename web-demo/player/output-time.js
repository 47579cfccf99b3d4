/**
 * Tells whether this is Firefox. It is recognised by its engine's build in the user agent (`Gecko/20100101`); all other browsers have only
 * "like Gecko" there.
 */
const isFirefox = () => /\bGecko\/\d/.test(globalThis.navigator?.userAgent ?? "");

/**
 * Returns the context time of the sound that leaves the output now, in seconds.
 *
 * This is the only place that asks for it, because the question is not harmless everywhere. In Firefox both `getOutputTimestamp()` and
 * `outputLatency` wait for the sound server. On Linux with PulseAudio, a page that asks while its worklet runs freezes for good. So Firefox
 * is not asked: there the time is taken before the device, and everything tied to it comes early by the device's latency.
 *
 * @see ../../docs/adr/0040-the-players-package-is-checked-in.md
 * @param {BaseAudioContext & Pick<AudioContext, "getOutputTimestamp" | "outputLatency" | "baseLatency">} context
 * @param {boolean} [mayAsk] whether the browser may be asked
 */
export function outputTime(context, mayAsk = !isFirefox()) {
  if (!mayAsk) return context.currentTime - (context.baseLatency || 0);
  const { contextTime } = context.getOutputTimestamp();
  if (contextTime) return contextTime;
  return context.currentTime - (context.outputLatency || context.baseLatency || 0);
}

/**
 * Returns when which sound leaves the output, so that the context's clock can be related to the page's; null if that is not known yet.
 *
 * @param {BaseAudioContext & Pick<AudioContext, "getOutputTimestamp" | "outputLatency" | "baseLatency">} context
 * @param {number} nowMs the page's clock
 * @param {boolean} [mayAsk] whether the browser may be asked
 * @returns {{time: number, atMs: number, exact: boolean} | null} `exact`: the browser told it
 */
export function outputStamp(context, nowMs, mayAsk = !isFirefox()) {
  if (!mayAsk) return { time: outputTime(context, false), atMs: nowMs, exact: false };
  const { contextTime, performanceTime } = context.getOutputTimestamp();
  if (!contextTime || !performanceTime) return null;
  return { time: contextTime, atMs: performance.timeOrigin + performanceTime, exact: true };
}
