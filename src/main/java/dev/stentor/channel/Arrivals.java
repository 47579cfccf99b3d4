package dev.stentor.channel;

/** How the sound of one utterance comes in: how fast, and how evenly. Confined to the clock's thread. */
final class Arrivals {

    private long firstMicros = -1;
    private long lastMicros;
    private long firstSamples;
    private long samples;
    private long longestGapMicros;

    void add(int count, long nowMicros) {
        if (firstMicros < 0) {
            firstMicros = nowMicros;
            firstSamples = count;
        } else {
            longestGapMicros = Math.max(longestGapMicros, nowMicros - lastMicros);
        }
        lastMicros = nowMicros;
        samples += count;
    }

    /** Over what time it can be judged, in µs. */
    long observedMicros() {
        return firstMicros < 0 ? 0 : lastMicros - firstMicros;
    }

    /** Seconds of sound for each second of time, since the first arrival; only if some time was observed. */
    double rate() {
        return (samples - firstSamples) / (observedMicros() * 24_000 / 1e6);
    }

    /** The longest time between two arrivals. */
    long longestGapMicros() {
        return longestGapMicros;
    }
}
