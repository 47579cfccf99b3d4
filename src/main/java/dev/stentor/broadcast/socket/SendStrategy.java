package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;

/**
 * A way to put bytes into a socket before which nothing waits. Bytes that the socket does not take go through Netty's queue, in
 * order, with each strategy. Confined to the connection's event loop.
 */
@FunctionalInterface
interface SendStrategy {

    /** A result that is known only after {@link #submit}. */
    int GATHERED = -1;

    /** A result that is not known and never will be: nothing more may be sent. */
    int UNKNOWN = -2;

    /** A strategy that takes nothing: all bytes go through Netty's queue. */
    SendStrategy QUEUED = (shared, rest) -> 0;

    /**
     * Puts in as many bytes as go in at once. The buffer is borrowed, and its indices are not moved.
     *
     * @return how many bytes went in; or {@link #GATHERED}, then the bytes are kept until {@code rest} is called
     */
    int send(ByteBuf shared, Rest rest);

    /** Sends what was gathered for all sockets of this event loop. Until then nothing else may be done with them. */
    default void submit() {}

    /** Tells whether the socket is still open, from the same memory that a send reads. */
    default boolean isOpen() {
        return true;
    }

    /** A callback that takes care of the bytes that the socket did not take. */
    @FunctionalInterface
    interface Rest {
        /** Tells how many of the bytes went in; or {@link #UNKNOWN}. */
        void after(ByteBuf shared, int sent);
    }
}
