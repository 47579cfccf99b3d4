package dev.stentor.cluster;

/** Counts what happens between the nodes. Called on the clock's thread, and {@link #connected} on any. */
public interface ClusterStats {

    /** Takes note that the cluster can be reached, or cannot any more. */
    void connected(boolean isConnected);

    /**
     * Entries were stored.
     *
     * @param delayMicros time since the first of them was published by its channel, in µs
     */
    void appended(int entries, long delayMicros);

    /** An entry was given up before it was stored: the cluster was away for longer than this node can remember. */
    void notStored();

    /** A channel of this node belongs to another node by now. */
    void fenced();

    /** Entries did not arrive live, and were fetched from the history. */
    void filled(int entries);

    /** A channel's history had lost entries that this node had not. */
    void lostHistory();
}
