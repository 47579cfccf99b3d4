package dev.stentor.archive;

/** What the archive tells of its work, to be counted. Called from any thread; must not block. */
public interface ArchiveStats {

    /** A request was played from a finished file. */
    void hit();

    /** A request joined an equal one that was still being spoken. */
    void joined();

    /** A request went to the engine. */
    void missed();

    /** A file had to go to make room. */
    void evicted();

    /** A recording was given up. */
    void writeFailed();

    /** An engine's call was read to its end because nobody had asked for sound for too long. */
    void drained();

    /** Counts nothing. */
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
