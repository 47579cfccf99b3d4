package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;

/**
 * The rate at which one utterance's sound arrives, and how evenly. Only time in which the engine owed something counts. Confined to
 * the clock's thread.
 */
final class ArrivalRate {

    private boolean begun;
    private long observedMicros;
    private long samples;
    private long longestGapMicros;

    /**
     * Counts samples that arrived. The first ones are left out: nobody knows how long the engine took for them alone.
     *
     * @param waitedMicros time since they were asked for
     */
    void add(int count, long waitedMicros) {
        if (begun) {
            observedMicros += waitedMicros;
            samples += count;
            longestGapMicros = Math.max(longestGapMicros, waitedMicros);
        }
        begun = true;
    }

    /** Returns for how long arrivals were observed, in µs. */
    long observedMicros() {
        return observedMicros;
    }

    /** Returns the seconds of sound for each second of observed time; there must be some. */
    double rate() {
        return samples / (observedMicros * SpeechTime.SAMPLES_PER_SECOND / 1e6);
    }

    /** Returns the longest time between two arrivals, in µs. */
    long longestGapMicros() {
        return longestGapMicros;
    }
}
