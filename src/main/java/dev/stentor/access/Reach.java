package dev.stentor.access;

/** The channels that an action concerns. */
public sealed interface Reach {

    /** Concerns one channel. */
    record OneChannel(String name) implements Reach {}

    /** Concerns the whole gateway: the right must hold for every channel. */
    record AllChannels() implements Reach {}

    /** Concerns no channel in particular: the right must hold for some channel. */
    record SomeChannel() implements Reach {}
}
