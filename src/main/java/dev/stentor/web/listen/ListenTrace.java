package dev.stentor.web.listen;

import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelName;
import dev.stentor.trace.TraceKey;
import dev.stentor.trace.TraceSpan;
import io.netty.buffer.ByteBuf;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * The steps of one listener in a trace: its connection from the handshake to the close, and below that the join, which ends with the first
 * sound. Confined to the connection's event loop.
 */
final class ListenTrace {

    private final TraceSpan listen;
    private final TraceSpan join;
    private boolean heard;

    private ListenTrace(TraceSpan listen) {
        this.listen = listen;
        this.join = listen.child("join");
    }

    /** Begins the steps with the handshake. */
    static ListenTrace begin(TraceSpan handshake, ChannelName channel, String connection) {
        return new ListenTrace(handshake
                .child("listen")
                .with(TraceKey.CHANNEL, channel.value())
                .with(TraceKey.CONNECTION, connection));
    }

    /** Notes the reason for which the gateway closes the connection. */
    void closed(CloseReason reason) {
        var _ = listen.with(TraceKey.CLOSE_CODE, reason.code());
    }

    /** Notes the code with which the client closes it. */
    void watchClose(WebsocketInbound in) {
        if (listen.isOn()) {
            var _ = in.receiveCloseStatus()
                    .map(status -> listen.with(TraceKey.CLOSE_CODE, status.code()))
                    .subscribe(told -> {}, failed -> {});
        }
    }

    /** Notes that the client has said hello. */
    void hello(Format format) {
        var _ = listen.with(TraceKey.FORMAT, format.name());
        join.event("hello");
    }

    /** Ends both steps: the connection is gone. */
    void end() {
        endJoin("closed");
        listen.end();
    }

    /** Returns an outlet that notes the first sound on its way; without tracing it is the same one. */
    Outlet watched(Outlet outlet) {
        return listen.isOn() ? new Watched(outlet) : outlet;
    }

    private void endJoin(String reason) {
        if (!heard) {
            heard = true;
            join.with(TraceKey.END, reason).end();
        }
    }

    /** An outlet that hands everything on to another one. */
    private final class Watched implements Outlet {

        private final Outlet outlet;

        Watched(Outlet outlet) {
            this.outlet = outlet;
        }

        @Override
        public boolean isWritable() {
            return outlet.isWritable();
        }

        @Override
        public boolean looksIdle() {
            return outlet.looksIdle();
        }

        @Override
        public Sent send(ByteBuf shared) {
            Sent sent = outlet.send(shared);
            if (!heard && sent != Sent.REFUSED && WebSocketFraming.holdsBinary(shared)) {
                endJoin("heard");
            }
            return sent;
        }

        @Override
        public boolean settle() {
            return outlet.settle();
        }

        @Override
        public void write(ByteBuf message) {
            outlet.write(message);
        }

        @Override
        public void flush() {
            outlet.flush();
        }

        @Override
        public void close(CloseReason reason) {
            outlet.close(reason);
        }
    }
}
