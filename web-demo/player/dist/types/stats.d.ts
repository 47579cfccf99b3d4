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
export type BufferStats = {
    /**
     * samples that came, and those that stood for what was late
     */
    totalSamplesReceived: number;
    /**
     * samples that stood for what was late: the fade of the sound that broke off, and silence
     */
    concealedSamples: number;
    /**
     * those of them that were silence
     */
    silentConcealedSamples: number;
    /**
     * how often the sound broke off because the network was late
     */
    concealmentEvents: number;
    /**
     * samples that were added where the sound was lengthened
     */
    insertedSamplesForDeceleration: number;
    /**
     * samples that were left out where the sound was shortened
     */
    removedSamplesForAcceleration: number;
    /**
     * seconds that all samples played so far waited in the buffer, added up: by
     * `jitterBufferEmittedCount` it is the mean
     */
    jitterBufferDelay: number;
    /**
     * the same of what should be buffered
     */
    jitterBufferTargetDelay: number;
    /**
     * the same of what the network alone demanded
     */
    jitterBufferMinimumDelay: number;
    /**
     * samples that were played
     */
    jitterBufferEmittedCount: number;
};
export type PlayoutStats = {
    /**
     * samples that came, without repetitions. received = played + removed − inserted + what is buffered, but for
     * what a clear cancelled
     */
    received?: number;
    /**
     * samples that were heard
     */
    played?: number;
    /**
     * samples that were left out to catch up
     */
    removed?: number;
    /**
     * samples that were added to fill the buffer
     */
    inserted?: number;
    /**
     * samples that never came
     */
    lost?: number;
    /**
     * samples that were left out because they were older than four seconds, or out of step with other players
     */
    skipped?: number;
    /**
     * frames of an older generation, which were dropped
     */
    stale?: number;
    /**
     * samples that came twice, and were played once
     */
    duplicates?: number;
    /**
     * how often the sound broke off because the network was late
     */
    underruns?: number;
    /**
     * samples of silence while it did
     */
    stalled?: number;
    /**
     * samples of ramps and fades where sound begins and ends
     */
    concealed?: number;
    /**
     * samples that came while there was no output
     */
    unheard: number;
    /**
     * what is buffered now
     */
    bufferMs: number;
    /**
     * what should be
     */
    targetMs: number;
    /**
     * the output's latency
     */
    outMs: number;
    /**
     * the output's rate; 0 while there is none
     */
    sampleRateHz: number;
    /**
     * how much later than due a sample leaves the output of a player in step; null while none
     * does; `unknown` where the browser does not tell
     */
    syncErrorMs: number | "unknown" | null;
    /**
     * how often the device had to wait for the browser, where the browser tells it
     */
    deviceUnderruns: number | null;
};
export type LineStats = {
    /**
     * how often sound was lost with the connection
     */
    gaps: number;
    /**
     * how much
     */
    missingMs: number;
    reconnects: number;
    /**
     * how often the server violated the protocol
     */
    faults: number;
    /**
     * frames that came to be heard
     */
    frames: number;
    /**
     * the sample that is heard
     */
    pos: number;
    /**
     * round trip to the gateway; null while it is unknown
     */
    rttMs: number | null;
    /**
     * how long after its due time a sample is heard; null while none is
     */
    latencyMs: number | null;
    /**
     * where the connection runs; null while there is none
     */
    thread: "worker" | "page" | null;
};
export type PlayerStats = BufferStats & PlayoutStats & LineStats;
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
export declare function bufferStats({ received, played, removed, inserted, extended, stalled, underruns, bufferSeconds, targetSeconds, networkSeconds, }: Record<string, number | undefined>): BufferStats;
