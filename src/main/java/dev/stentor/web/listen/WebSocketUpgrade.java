package dev.stentor.web.listen;

import io.netty.handler.codec.http.HttpHeaders;
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

/** The change of a request into a WebSocket. */
final class WebSocketUpgrade {

    private WebSocketUpgrade() {}

    /**
     * Returns the answer by which a connection becomes a WebSocket.
     *
     * @param protocol null if the client named none: Reactor Netty does not serve a client that did not ask for an offered one
     * @param server serves the connection as long as it is open
     */
    static Mono<ServerResponse> of(
            @Nullable String protocol, BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> server) {
        var builder = WebsocketServerSpec.builder()
                .compress(false)
                .handlePing(true) // answered here, where it is bounded: Reactor Netty queues one answer for each ping
                .maxFramePayloadLength(ListenApi.MAX_FRAME_BYTES);
        var spec =
                protocol == null ? builder.build() : builder.protocols(protocol).build();
        return ServerResponse.ok()
                .build((exchange, context) -> exchange.getResponse()
                        .setComplete()
                        .then(Mono.defer(() -> {
                            HttpServerResponse response = response(exchange);
                            return response.sendWebsocket(afterHandshake(response.responseHeaders(), server), spec);
                        })));
    }

    /**
     * Serves a connection without the headers of its handshake and those of the answer, which Reactor Netty keeps as long as the connection is
     * open. The answer has been sent when the connection is served.
     */
    private static BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> afterHandshake(
            HttpHeaders answered, BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> server) {
        return (in, out) -> {
            in.headers().clear();
            answered.clear();
            return server.apply(in, out);
        };
    }

    private static HttpServerResponse response(ServerWebExchange exchange) {
        return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    }
}
