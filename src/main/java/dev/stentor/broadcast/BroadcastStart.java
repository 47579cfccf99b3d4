package dev.stentor.broadcast;

/**
 * The place where a broadcast begins.
 *
 * @param firstSeq number of the first entry
 * @param before the state before it
 */
record BroadcastStart(long firstSeq, JoinSnapshot before) {
    /** The beginning of a channel that nobody has heard yet. */
    static final BroadcastStart ANEW = new BroadcastStart(1, JoinSnapshot.BLANK);
}
