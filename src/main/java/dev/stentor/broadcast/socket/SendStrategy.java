package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;

/**
 * How bytes get into a socket before which nothing waits. What it does not take goes through Netty's queue, in order, whichever
 * strategy it is. Confined to the connection's event loop.
 */
@FunctionalInterface
interface SendStrategy {

    /** What went in is known after {@link #submit}. */
    int GATHERED = -1;

    /** What went in is not known, and never will be: nothing more may follow. */
    int UNKNOWN = -2;

    /** Takes nothing: all goes through Netty's queue. */
    SendStrategy QUEUED = (shared, rest) -> 0;

    /**
     * Puts in what goes in at once. The bytes are borrowed and not moved.
     *
     * @return how many bytes that were; or {@link #GATHERED}, then the bytes are kept until the rest is told
     */
    int send(ByteBuf shared, Rest rest);

    /** Puts into the sockets what was gathered for any of this event loop. Until then nothing else may be done with them. */
    default void submit() {}

    /** Who sees to what the socket did not take. */
    @FunctionalInterface
    interface Rest {
        /** So many of the bytes went in; or {@link #UNKNOWN}. */
        void after(ByteBuf shared, int sent);
    }
}
