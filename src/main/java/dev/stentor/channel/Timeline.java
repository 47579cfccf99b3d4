package dev.stentor.channel;

import java.time.Duration;

/**
 * Where a channel stands: the position of the next sample, and when it is due. Position is counted in samples, time follows from
 * it, so that nothing drifts. Confined to the clock's thread.
 */
final class Timeline {

    private static final long SAMPLES_PER_SECOND = 24_000;

    private final long leadMicros;
    private long pos;
    private long anchorPos;
    private long anchorMicros;
    private boolean anchored;

    Timeline(Duration lead) {
        leadMicros = lead.toNanos() / 1_000;
    }

    /** The next sample to be released. */
    long pos() {
        return pos;
    }

    /** When the next sample is due, in µs. */
    long playMicros() {
        return anchorMicros + (pos - anchorPos) * 1_000_000 / SAMPLES_PER_SECOND;
    }

    /** Whether the lead is used up: who plays by this timeline has run dry. True before the first anchor. */
    boolean isOverdue(long nowMicros) {
        return !anchored || nowMicros > playMicros();
    }

    /** Whether the next sample may go out now, so far ahead and no further. */
    boolean isReleasable(long nowMicros) {
        return playMicros() - leadMicros <= nowMicros;
    }

    /** Makes the next sample due now. */
    void anchor(long nowMicros) {
        anchored = true;
        anchorPos = pos;
        anchorMicros = nowMicros;
    }

    /** Goes on by so many samples. */
    void advance(int samples) {
        pos += samples;
    }
}
