package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.web.edge.WebSocketHandshake;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** The upgrade of requests to WebSockets that are served on their Netty channels. */
final class SocketUpgrade {

    private static final int MAX_FRAME_BYTES = 4 * ListenSocket.MAX_MESSAGE_BYTES;

    private SocketUpgrade() {}

    /** Refuses a handshake by a close, whose reason every client can read. No listener is counted. */
    static Mono<ServerResponse> refuse(CloseReason reason, String words) {
        return ServerResponse.ok()
                .build((exchange, context) -> WebSocketHandshake.refuse(exchange, reason.code(), words));
    }

    /**
     * Upgrades a request.
     *
     * @param protocol null if the client named none: Reactor Netty does not serve a client that did not ask for an offered one
     */
    static Mono<ServerResponse> of(
            @Nullable String protocol, BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> server) {
        var builder = WebsocketServerSpec.builder()
                .compress(false)
                .handlePing(true) // answered here, where it is bounded: Reactor Netty queues one answer for each ping
                .maxFramePayloadLength(MAX_FRAME_BYTES);
        var spec =
                protocol == null ? builder.build() : builder.protocols(protocol).build();
        return ServerResponse.ok()
                .build((exchange, context) -> exchange.getResponse()
                        .setComplete()
                        .then(Mono.defer(() -> nativeResponse(exchange).sendWebsocket(server, spec))));
    }

    /** Returns the channel of a connection, which takes only frames that are well formed from now on. */
    static Channel channelOf(WebsocketInbound in) {
        var found = new AtomicReference<Channel>();
        in.withConnection(connection -> found.set(connection.channel()));
        Channel channel = Objects.requireNonNull(found.get());
        StrictFrameDecoder.install(channel.pipeline(), MAX_FRAME_BYTES);
        return channel;
    }

    private static HttpServerResponse nativeResponse(ServerWebExchange exchange) {
        return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    }
}
