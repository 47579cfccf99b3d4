package dev.stentor.channel;

/**
 * How the sound of one utterance comes in: how fast, and how evenly. Only time in which the engine was asked for something counts.
 * Confined to the clock's thread.
 */
final class ArrivalRate {

    private boolean begun;
    private long observedMicros;
    private long samples;
    private long longestGapMicros;

    /**
     * Something came; what came first says nothing yet.
     *
     * @param waitedMicros since it was asked for
     */
    void add(int count, long waitedMicros) {
        if (begun) {
            observedMicros += waitedMicros;
            samples += count;
            longestGapMicros = Math.max(longestGapMicros, waitedMicros);
        }
        begun = true;
    }

    /** Over what time it can be judged, in µs. */
    long observedMicros() {
        return observedMicros;
    }

    /** Seconds of sound for each second of time, since the first arrival; only if some time was observed. */
    double rate() {
        return samples / (observedMicros * 24_000 / 1e6);
    }

    /** The longest time between two arrivals. */
    long longestGapMicros() {
        return longestGapMicros;
    }
}
