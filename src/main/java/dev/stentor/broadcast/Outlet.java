package dev.stentor.broadcast;

import io.netty.buffer.ByteBuf;

/** The send path of one connection. All methods are called on the connection's event loop. */
public interface Outlet {

    /**
     * Whether nothing waits before the socket: only then a listener gets more. If something does, {@link Listener#writable()} is
     * called when it has gone, from a task of its own.
     */
    boolean isWritable();

    /**
     * Sends framed messages that other listeners get too. The bytes are borrowed for the time of the call and are not moved; the
     * outlet keeps a reference of its own to what the socket does not take at once. That waits in its order.
     *
     * @return whether it is still writable, as {@link #isWritable} says; or true, if {@link #settle} will say
     */
    boolean send(ByteBuf shared);

    /**
     * Ends a walk: the first outlet that is asked sends what all of its event loop have gathered. Until then nothing else may be done
     * on that loop.
     *
     * @return whether it is still writable
     */
    default boolean settle() {
        return true;
    }

    /** Writes a whole, framed message for this connection alone and takes over the caller's reference. */
    void write(ByteBuf message);

    /** Hands to the socket what was written. */
    void flush();

    /** Sends what was written, then a close frame. */
    void close(CloseReason reason);
}
