package dev.stentor.cluster;

/** Result of appending entries. */
public sealed interface AppendResult {

    /** All are in the history, now or since an earlier attempt. */
    record Stored() implements AppendResult {}

    /**
     * No entry was stored, since the channel belongs to another lease.
     *
     * @param epoch epoch of that lease
     */
    record Fenced(long epoch) implements AppendResult {}
}
