package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;

/** The send path of one connection. All methods are called on the connection's event loop. */
public interface Outlet {

    /** What became of shared bytes. */
    enum Sent {
        /** They are in the socket, and it may take more. */
        WHOLE,
        /** They will all go, but some of them wait: not writable any more. */
        WAITING,
        /** Not one was taken, because something waits already: not writable. */
        REFUSED,
        /** They go with those of other listeners; {@link Outlet#settle} will say how that went. */
        GATHERED
    }

    /**
     * Tells whether nothing waits before the socket: only then a listener gets more. If something does, its owner is told when it has
     * gone, in a task of its own.
     */
    boolean isWritable();

    /**
     * Sends framed messages that other listeners get too. The bytes are borrowed for the time of the call and are not moved; the
     * outlet keeps a reference of its own to what the socket does not take at once. That waits in its order.
     */
    Sent send(ByteBuf shared);

    /**
     * Ends a walk in which something was {@link Sent#GATHERED}: the first outlet that is asked sends what all of its event loop have
     * gathered. Until then nothing else may be done on that loop.
     *
     * @return whether it is still writable
     */
    default boolean settle() {
        return isWritable();
    }

    /** Writes a whole, framed message for this connection alone and takes over the caller's reference. */
    void write(ByteBuf message);

    /** Hands to the socket what was written. */
    void flush();

    /** Sends what was written, then a close frame. */
    void close(CloseReason reason);
}
