/**
 * What a player has measured since it was made. Counts are in samples at 24 kHz where their name says so, and in milliseconds where it ends
 * with Ms. The names of the first group and their meaning are those of WebRTC's `inbound-rtp` statistics.
 *
 * @typedef {object} BufferStats
 * @property {number} totalSamplesReceived samples that came, and those that stood for what was late
 * @property {number} concealedSamples samples that stood for what was late: the fade of the sound that broke off, and silence
 * @property {number} silentConcealedSamples those of them that were silence
 * @property {number} concealmentEvents how often the sound broke off because the network was late
 * @property {number} insertedSamplesForDeceleration samples that were added where the sound was lengthened
 * @property {number} removedSamplesForAcceleration samples that were left out where the sound was shortened
 * @property {number} jitterBufferDelay seconds that all samples played so far waited in the buffer, added up: by
 *   `jitterBufferEmittedCount` it is the mean
 * @property {number} jitterBufferTargetDelay the same of what should be buffered
 * @property {number} jitterBufferMinimumDelay the same of what the network alone demanded
 * @property {number} jitterBufferEmittedCount samples that were played
 */

/**
 * @typedef {object} PlayoutStats
 * @property {number} [received] samples that came, without repetitions. received = played + removed − inserted + what is buffered, but for
 *   what a clear cancelled
 * @property {number} [played] samples that were heard
 * @property {number} [removed] samples that were left out to catch up
 * @property {number} [inserted] samples that were added to fill the buffer
 * @property {number} [lost] samples that never came
 * @property {number} [skipped] samples that were left out because they were older than four seconds, or out of step with other players
 * @property {number} [stale] frames of an older generation, which were dropped
 * @property {number} [duplicates] samples that came twice, and were played once
 * @property {number} [underruns] how often the sound broke off because the network was late
 * @property {number} [stalled] samples of silence while it did
 * @property {number} [concealed] samples of ramps and fades where sound begins and ends
 * @property {number} unheard samples that came while there was no output
 * @property {number} bufferMs what is buffered now
 * @property {number} targetMs what should be
 * @property {number} outMs the output's latency
 * @property {number} sampleRateHz the output's rate; 0 while there is none
 * @property {number | "unknown" | null} syncErrorMs how much later than due a sample leaves the output of a player in step; null while none
 *   does; `unknown` where the browser does not tell
 * @property {number | null} deviceUnderruns how often the device had to wait for the browser, where the browser tells it
 */

/**
 * @typedef {object} LineStats
 * @property {number} gaps how often sound was lost with the connection
 * @property {number} missingMs how much
 * @property {number} reconnects
 * @property {number} faults how often the server violated the protocol
 * @property {number} frames frames that came to be heard
 * @property {number} pos the sample that is heard
 * @property {number | null} rttMs round trip to the gateway; null while it is unknown
 * @property {number | null} latencyMs how long after its due time a sample is heard; null while none is
 * @property {"worker" | "page" | null} thread where the connection runs; null while there is none
 */

/** @typedef {BufferStats & PlayoutStats & LineStats} PlayerStats */

/** Returns a play-out's totals under WebRTC's names. @param {Record<string, number | undefined>} counts @returns {BufferStats} */
export function bufferStats({
  received = 0,
  played = 0,
  removed = 0,
  inserted = 0,
  extended = 0,
  stalled = 0,
  underruns = 0,
  bufferSeconds = 0,
  targetSeconds = 0,
  networkSeconds = 0,
}) {
  const concealed = extended + stalled;
  return {
    totalSamplesReceived: received + concealed,
    concealedSamples: concealed,
    silentConcealedSamples: stalled,
    concealmentEvents: underruns,
    insertedSamplesForDeceleration: inserted,
    removedSamplesForAcceleration: removed,
    jitterBufferDelay: bufferSeconds,
    jitterBufferTargetDelay: targetSeconds,
    jitterBufferMinimumDelay: networkSeconds,
    jitterBufferEmittedCount: played,
  };
}
