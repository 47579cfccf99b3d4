package dev.stentor.source;

/** Is told what befalls sources. Called from any thread; must not block. */
public interface SourceStats {

    /** Tells nobody. */
    SourceStats NONE = new SourceStats() {};

    /** A stream gave nothing for too long. */
    default void stalled() {}

    /** A stream that broke off is fetched again. */
    default void reconnected() {}

    /** A stream was not fetched, or not any further, since the rules forbid it. */
    default void refused() {}

    /** A stream held samples that were no numbers, or too large for any sound; they were silenced, or cut down. */
    default void faulty(long samples) {}
}
