package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.web.edge.WebSocketHandshake;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.websocket.WebsocketInbound;

/** Helpers for an upgrade to a WebSocket: its refusal, and the Netty channel that serves it. */
final class SocketUpgrade {

    private SocketUpgrade() {}

    /** Refuses a handshake by a close, whose reason every client can read. No listener is counted. */
    static Mono<ServerResponse> refuse(CloseReason reason, String words) {
        return ServerResponse.ok()
                .build((exchange, context) -> WebSocketHandshake.refuse(exchange, reason.code(), words));
    }

    /** Returns the channel of a connection, which takes only frames that are well formed from now on. */
    static Channel channelOf(WebsocketInbound in) {
        var found = new AtomicReference<Channel>();
        in.withConnection(connection -> found.set(connection.channel()));
        Channel channel = Objects.requireNonNull(found.get());
        StrictFrameDecoder.install(channel.pipeline(), ListenApi.MAX_FRAME_BYTES);
        return channel;
    }
}
