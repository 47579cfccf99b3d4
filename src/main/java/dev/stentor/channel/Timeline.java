package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;

/**
 * The position of a channel's next sample, and when it is due. Position is counted in samples, and time follows from it, so that
 * nothing drifts. Confined to the clock's thread.
 */
final class Timeline {

    private long leadMicros;
    private long pos;
    /** Position that is due at {@link #anchorMicros}. */
    private long anchorPos;

    private long anchorMicros;
    private boolean anchored;
    private boolean paused;
    private long pausedMicros;

    /** Creates a timeline at position 0, without an anchor. */
    Timeline(Duration lead) {
        this(lead, 0);
    }

    /** Creates a timeline at that position, without an anchor. */
    Timeline(Duration lead, long pos) {
        this.pos = pos;
        leadBy(lead);
    }

    /** Sets how far ahead of their time samples are released from now on. */
    void leadBy(Duration lead) {
        leadMicros = lead.toNanos() / 1_000;
    }

    /** Returns the position of the next sample to be released. */
    long pos() {
        return pos;
    }

    /** Returns when the next sample is due, in µs of the clock. */
    long playMicros() {
        return anchorMicros + SpeechTime.micros(pos - anchorPos);
    }

    /** Tells whether the lead is used up: listeners have run dry. True before the first anchor, never in a pause. */
    boolean isOverdue(long nowMicros) {
        return !anchored || (!paused && nowMicros > playMicros());
    }

    /** Tells whether the next sample may be released now: it is due within the lead. */
    boolean isReleasable(long nowMicros) {
        return !paused && playMicros() - leadMicros <= nowMicros;
    }

    /** Returns the number of samples from the next one on that may be released by that time, and a frame at most. */
    long releasableBy(long micros) {
        long aheadMicros = micros + leadMicros - playMicros();
        return aheadMicros < 0 ? 0 : SpeechTime.samplesOfMicros(aheadMicros) + SpeechTime.FRAME_SAMPLES;
    }

    /** Tells whether samples were released since the timeline was made, or cut. */
    boolean isAnchored() {
        return anchored;
    }

    /** Tells whether no more than half of the lead is used up. */
    boolean isHalfAhead(long nowMicros) {
        return anchored && playMicros() - leadMicros / 2 >= nowMicros;
    }

    boolean isPaused() {
        return paused;
    }

    /** Returns the position that is due at that time: a listener on time has heard all before it, and nothing after. */
    long heardAt(long nowMicros) {
        if (!anchored) {
            return pos;
        }
        long at = paused ? pausedMicros : nowMicros;
        long ahead = SpeechTime.samplesOfMicros(Math.max(0, playMicros() - at));
        return Math.max(anchorPos, pos - ahead);
    }

    /** Makes the next sample due now. A player adds its buffer, about the lead, before it sounds. */
    void anchor(long nowMicros) {
        anchored = true;
        paused = false;
        anchorPos = pos;
        anchorMicros = nowMicros;
    }

    /** Moves the position on by so many samples. */
    void advance(int samples) {
        pos += samples;
    }

    /** Stops time: nothing becomes due any more. */
    void pause(long nowMicros) {
        paused = true;
        pausedMicros = nowMicros;
    }

    /** Lets time go on: the sample that was due next is due now, and all others after it. */
    void resume(long nowMicros) {
        if (paused) {
            anchorMicros += nowMicros - pausedMicros;
            paused = false;
        }
    }

    /**
     * Makes the next sample due when the one at an earlier position was: the samples from there on are replaced. Positions never go
     * back, so that the samples between {@code former} and {@code pos} are repeated behind {@code pos}.
     *
     * @return the position at which the replacement ends: {@code pos + (pos - former)}, which is {@code 2·pos − former}. Samples before
     *     it replace sound that listeners have got already; the first sample that nobody has got yet is at this position
     */
    long goBackTo(long former) {
        anchorMicros += SpeechTime.micros(former - anchorPos);
        anchorPos = pos;
        return 2 * pos - former;
    }

    /** Forgets when samples are due: what was released is not to be played, and sound begins anew with the next sample. */
    void cut() {
        anchored = false;
        paused = false;
    }
}
