package dev.stentor.channel;

import java.time.Duration;

/**
 * Where a channel stands: the position of the next sample, and when it is due. Position is counted in samples, time follows from
 * it, so that nothing drifts. Confined to the clock's thread.
 */
final class Timeline {

    private static final long SAMPLES_PER_SECOND = 24_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private long leadMicros;
    private long pos;
    private long anchorPos;
    private long anchorMicros;
    private boolean anchored;
    private boolean paused;
    private long pausedMicros;

    Timeline(Duration lead) {
        leadMicros = lead.toNanos() / 1_000;
    }

    /** From now on samples go out so far ahead. */
    void leadBy(Duration lead) {
        leadMicros = lead.toNanos() / 1_000;
    }

    /** The next sample to be released. */
    long pos() {
        return pos;
    }

    /** When the next sample is due, in µs. */
    long playMicros() {
        return anchorMicros + (pos - anchorPos) * MICROS_PER_SECOND / SAMPLES_PER_SECOND;
    }

    /** Whether the lead is used up: who plays by this timeline has run dry. True before the first anchor, never in a pause. */
    boolean isOverdue(long nowMicros) {
        return !anchored || (!paused && nowMicros > playMicros());
    }

    /** Whether the next sample may go out now, so far ahead and no further. */
    boolean isReleasable(long nowMicros) {
        return !paused && playMicros() - leadMicros <= nowMicros;
    }

    /** Whether sound went out since it began anew. */
    boolean isAnchored() {
        return anchored;
    }

    /** Whether no more than half of the lead is used up. */
    boolean isHalfAhead(long nowMicros) {
        return anchored && playMicros() - leadMicros / 2 >= nowMicros;
    }

    boolean isPaused() {
        return paused;
    }

    /** Which sample is due at that time: who plays by this timeline has heard all before it, and nothing after. */
    long heardAt(long nowMicros) {
        if (!anchored) {
            return pos;
        }
        long at = paused ? pausedMicros : nowMicros;
        long ahead = Math.max(0, playMicros() - at) * SAMPLES_PER_SECOND / MICROS_PER_SECOND;
        return Math.max(anchorPos, pos - ahead);
    }

    /** Makes the next sample due now. */
    void anchor(long nowMicros) {
        anchored = true;
        paused = false;
        anchorPos = pos;
        anchorMicros = nowMicros;
    }

    /** Goes on by so many samples. */
    void advance(int samples) {
        pos += samples;
    }

    /** Nothing becomes due any more. */
    void pause(long nowMicros) {
        paused = true;
        pausedMicros = nowMicros;
    }

    /** What was due next is due now, and all else after it. */
    void resume(long nowMicros) {
        if (paused) {
            anchorMicros += nowMicros - pausedMicros;
            paused = false;
        }
    }

    /** From here on what was at that earlier position is played again, at its time. */
    void goBackTo(long former) {
        anchorMicros += (former - anchorPos) * MICROS_PER_SECOND / SAMPLES_PER_SECOND;
        anchorPos = pos;
    }

    /** What was released is not to be played: sound begins anew with the next sample. */
    void cut() {
        anchored = false;
        paused = false;
    }
}
