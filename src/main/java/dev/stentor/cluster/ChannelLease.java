package dev.stentor.cluster;

/** The answer to a node that asks for a channel. */
public sealed interface ChannelLease {

    /** Returns the epoch of the lease. */
    long epoch();

    /**
     * The channel is the asking node's.
     *
     * @param epoch higher than that of every lease before
     */
    record Granted(long epoch) implements ChannelLease {}

    /** The channel is another node's. */
    record Held(String node, long epoch) implements ChannelLease {}
}
