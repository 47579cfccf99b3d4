package dev.stentor.broadcast;

import io.netty.buffer.ByteBuf;

/**
 * How bytes get into a socket before which nothing waits. What it does not take goes through Netty's queue, in order, whichever
 * strategy it is. Confined to the connection's event loop.
 */
@FunctionalInterface
interface SendStrategy {

    /** Takes nothing: all goes through Netty's queue. */
    SendStrategy QUEUED = shared -> 0;

    /** Puts in what goes in at once, and says how many bytes that were. The bytes are borrowed and not moved. */
    int send(ByteBuf shared);
}
