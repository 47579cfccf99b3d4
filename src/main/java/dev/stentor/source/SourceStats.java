package dev.stentor.source;

/** A counter of the events of sources. Called from any thread; must not block. */
public interface SourceStats {

    /** A counter that ignores all events. */
    SourceStats NONE = new SourceStats() {};

    /** Counts a stream that gave nothing for too long. */
    default void stalled() {}

    /** Counts a stream that broke off and is fetched again. */
    default void reconnected() {}

    /** Counts a stream that the rules do not allow to be fetched, or to be fetched any further. */
    default void refused() {}

    /**
     * Counts samples of a stream that were no numbers, and became silence, or were too large for any sound, and became smaller.
     */
    default void faulty(long samples) {}
}
