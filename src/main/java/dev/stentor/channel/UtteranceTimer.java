package dev.stentor.channel;

import dev.stentor.trace.TraceSpan;
import org.jspecify.annotations.Nullable;

/** The times at which an utterance came further, told to its trace as well. Confined to the clock's thread. */
final class UtteranceTimer {

    private final long askedMicros;
    private final TraceSpan span;
    private @Nullable Long begunMicros;
    private @Nullable Long firstSoundMicros;
    private @Nullable Long releasedMicros;

    /**
     * Creates a timer.
     *
     * @param askedMicros when the utterance was asked for
     */
    UtteranceTimer(long askedMicros, TraceSpan span) {
        this.askedMicros = askedMicros;
        this.span = span;
    }

    /** Returns the step of a trace that is told. */
    TraceSpan span() {
        return span;
    }

    /** Records that the engine was asked. */
    void begun(long nowMicros) {
        begunMicros = nowMicros - askedMicros;
        span.event("engine asked");
    }

    /** Records that sound arrived; the first one counts. */
    void sounded(long nowMicros) {
        if (firstSoundMicros == null) {
            firstSoundMicros = nowMicros - askedMicros;
            span.event("first sound");
        }
    }

    /** Records that its first frame was released; a second start after a clear does not count. */
    void released(long nowMicros) {
        if (releasedMicros == null) {
            releasedMicros = nowMicros - askedMicros;
            span.event("released");
        }
    }

    Utterance.Times at(long nowMicros) {
        return new Utterance.Times(nowMicros - askedMicros, begunMicros, firstSoundMicros, releasedMicros);
    }
}
