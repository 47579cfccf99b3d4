package dev.stentor.tracing;

/** Receiver of what becomes of ended steps. Called on any thread; must not block. */
public interface TraceStats {

    /** Counts steps that the receiver of traces has taken. */
    void sent(int steps);

    /** Counts steps that were lost, since they could not be sent. */
    void failed(int steps);

    /** Counts a step that was dropped, since too many waited to be sent. */
    void dropped();
}
