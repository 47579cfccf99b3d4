package dev.stentor.cluster;

/** Event of a {@link ChannelTail}, in the order of the channel's history. */
public sealed interface TailEvent {

    /**
     * The next entry. Each one comes once.
     *
     * @param live whether it came as it was published; else the history gave it
     */
    record Received(ChannelEntry entry, boolean live) implements TailEvent {}

    /** The entries that the history had at the beginning have all been given. Comes once. */
    record CaughtUp() implements TailEvent {}

    /**
     * The history has no entry that follows the latest one that was given: those between are lost.
     *
     * @param next the entry that comes next
     */
    record Lost(EntryId after, EntryId next) implements TailEvent {}

    /**
     * The channel has a new leader, which goes on from an entry before the latest one that was given: the cluster had lost its end.
     * Numbers come again.
     *
     * @param next the entry that comes next
     */
    record Restarted(EntryId after, EntryId next) implements TailEvent {}

    /** The receiver failed, so that it lacks an entry: nothing more comes. */
    record Broken() implements TailEvent {}
}
