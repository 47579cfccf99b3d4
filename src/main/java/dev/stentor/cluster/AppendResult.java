package dev.stentor.cluster;

/** What became of entries that a node wanted to append. */
public sealed interface AppendResult {

    /** All are in the history, now or since an earlier attempt. */
    record Stored() implements AppendResult {}

    /**
     * None was stored, since the channel belongs to another lease.
     *
     * @param epoch epoch of that lease
     */
    record Fenced(long epoch) implements AppendResult {}
}
