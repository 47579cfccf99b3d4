package dev.stentor.cluster;

/** Signal to a subscriber of a channel's live entries. */
public sealed interface TailSignal {

    /** The subscription is in force, at the beginning or again: from here on entries arrive, while earlier ones may be missing. */
    record Subscribed() implements TailSignal {}

    /** An entry was published. */
    record Published(ChannelEntry entry) implements TailSignal {}
}
