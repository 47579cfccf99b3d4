package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import org.jspecify.annotations.Nullable;

/** Message of the node that owns a channel to the others. */
sealed interface RelayedEntry {

    /**
     * An entry.
     *
     * @param releasedMicros the time of its release, in µs of the channel's clock
     * @param state before it, with which a node may begin here; null if there is none with this entry
     */
    record Happened(
            ChannelEvent event,
            long releasedMicros,
            @Nullable RelayedState state) implements RelayedEntry {}

    /** The beginning of a life of the channel, before its first entry. */
    record Began(RelayedState state) implements RelayedEntry {}

    /**
     * The end of the channel on that node.
     *
     * @param removed whether it was removed, so that its listeners stay away
     */
    record Ended(boolean removed) implements RelayedEntry {}
}
