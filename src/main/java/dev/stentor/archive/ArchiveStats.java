package dev.stentor.archive;

/** Counters of the archive's work. Called from any thread; must not block. */
public interface ArchiveStats {

    /** Counts a request that was played from a finished file. */
    void hit();

    /** Counts a request that joined an equal one that was still being spoken. */
    void joined();

    /** Counts a request that went to the engine. */
    void missed();

    /** Counts a file that was deleted to make room. */
    void evicted();

    /** Counts a recording that was given up. */
    void writeFailed();

    /** Counts an engine's call that was read to its end because nobody had asked for sound for too long. */
    void drained();

    /** Returns counters that count nothing. */
    static ArchiveStats disabled() {
        return new ArchiveStats() {
            @Override
            public void hit() {}

            @Override
            public void joined() {}

            @Override
            public void missed() {}

            @Override
            public void evicted() {}

            @Override
            public void writeFailed() {}

            @Override
            public void drained() {}
        };
    }
}
