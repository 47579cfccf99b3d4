package dev.stentor.web.edge;

/** Access to the number of files in a spool, for tests of the rooms that use it. */
public final class SpoolFiles {

    private SpoolFiles() {}

    /** Returns the number of uploads in progress. */
    public static int in(Spool spool) {
        return spool.files();
    }
}
