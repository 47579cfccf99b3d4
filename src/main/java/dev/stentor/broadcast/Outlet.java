package dev.stentor.broadcast;

import io.netty.buffer.ByteBuf;

/** The send path of one connection. All methods are called on the connection's event loop. */
public interface Outlet {

    /** Whether more may be written now; when it becomes true again, {@link Listener#writable()} is to be called. */
    boolean isWritable();

    /** Writes a whole, framed WebSocket message and takes over the caller's reference. */
    void write(ByteBuf message);

    /** Hands to the socket what was written. */
    void flush();

    /** Sends what was written, then a close frame. */
    void close(CloseReason reason);
}
