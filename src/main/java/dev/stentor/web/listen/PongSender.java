package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.broadcast.socket.WebSocketFraming;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a client's pings. While the client reads nothing, only its latest ping is answered (RFC 6455, section 5.5.3), so
 * that answers do not pile up. Confined to the connection's event loop.
 */
final class PongSender {

    private final Outlet outlet;
    private @Nullable ByteBuf unsent;

    PongSender(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Answers a ping now, or when the client can take the answer. */
    void answer(ByteBuf payload) {
        close();
        unsent = WebSocketFraming.pong(payload);
        if (outlet.isWritable()) {
            sendUnsent();
        }
    }

    /** Sends the answer that waits, if there is one; to be called when nothing waits before the socket any more. */
    void sendUnsent() {
        if (unsent != null) {
            ByteBuf pong = unsent;
            unsent = null;
            outlet.write(pong);
            outlet.flush();
        }
    }

    /** Gives up the answer that waits. */
    void close() {
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
    }
}
