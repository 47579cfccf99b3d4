package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;

/** The send path of one connection. All methods are called on the connection's event loop. */
public interface Outlet {

    /** The result of sending shared bytes. */
    enum Sent {
        /** All bytes are in the socket, and it may take more. */
        WHOLE,
        /** All bytes will go, but some of them wait: the outlet is not writable any more. */
        WAITING,
        /** No byte was taken, because something waits already: the outlet is not writable. */
        REFUSED,
        /** The bytes go together with other listeners' bytes; {@link Outlet#settle} will tell the result. */
        GATHERED
    }

    /**
     * Tells whether nothing waits before the socket: only then a listener gets more. If something waits, the outlet's owner is
     * told when it has gone, in a task of its own.
     */
    boolean isWritable();

    /**
     * Tells whether a send would probably go straight to the socket, without any effect. A walk asks several outlets before it sends to the
     * first of them: so the processor fetches what their sends need side by side, instead of one by one.
     */
    default boolean looksIdle() {
        return true;
    }

    /**
     * Sends framed messages that other listeners get too. The bytes are borrowed for the time of the call and are not moved;
     * the outlet keeps a reference of its own to what the socket does not take at once, and sends it later, in order.
     */
    Sent send(ByteBuf shared);

    /**
     * Ends a walk in which something was {@link Sent#GATHERED}: the first outlet that is asked sends what all outlets of its
     * event loop have gathered. Until then nothing else may be done on that loop.
     *
     * @return whether it is still writable
     */
    default boolean settle() {
        return isWritable();
    }

    /** Writes a whole, framed message for this connection alone and takes over the caller's reference. */
    void write(ByteBuf message);

    /** Hands all that was written to the socket. */
    void flush();

    /** Sends all that was written, then a close frame. */
    void close(CloseReason reason);
}
