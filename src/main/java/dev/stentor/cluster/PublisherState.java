package dev.stentor.cluster;

/** How a {@link ChannelPublisher} stands with the cluster. */
public enum PublisherState {
    /** Entries are stored as they are published. */
    STORING,
    /** The cluster does not answer, or not yet. What is published waits, and is stored when it does. */
    BEHIND,
    /**
     * The lease could not be renewed in time, so another node may lead the channel. What is published waits until it is known: then this
     * goes on, or is fenced.
     */
    DOUBTFUL,
    /** Another node leads the channel, or this one has given it back. Nothing is stored any more. */
    OVER
}
