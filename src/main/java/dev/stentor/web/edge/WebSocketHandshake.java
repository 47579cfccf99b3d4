package dev.stentor.web.edge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

/** The handshake of a WebSocket (RFC 6455, section 4.2): its reading, and the refusal that every client can read. */
public final class WebSocketHandshake {

    /** The beginning of a subprotocol that carries a credential, since browsers can set no header. */
    public static final String BEARER = "bearer.";

    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final String VERSION = "13";
    private static final int MOST_REASON_CHARACTERS = 120;

    private WebSocketHandshake() {}

    /** Tells whether a request is a well-formed handshake, so that it can be upgraded. */
    public static boolean isWellFormed(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return HttpMethod.GET.equals(request.getMethod())
                && tokens(headers, HttpHeaders.UPGRADE).stream().anyMatch("websocket"::equalsIgnoreCase)
                && tokens(headers, HttpHeaders.CONNECTION).stream().anyMatch("upgrade"::equalsIgnoreCase)
                && headers.getFirst("Sec-WebSocket-Key") != null
                && VERSION.equals(headers.getFirst("Sec-WebSocket-Version"));
    }

    /** Returns the subprotocols that the client offers, in its order. */
    public static List<String> protocols(HttpHeaders headers) {
        return tokens(headers, PROTOCOL);
    }

    /** Returns the members of a header that is a list. */
    public static List<String> tokens(HttpHeaders headers, String header) {
        List<String> tokens = new ArrayList<>(2);
        for (String line : headers.getOrEmpty(header)) {
            for (String token : line.split(",", -1)) {
                if (!token.isBlank()) {
                    tokens.add(token.strip());
                }
            }
        }
        return Collections.unmodifiableList(tokens);
    }

    /**
     * Refuses a well-formed handshake: upgrades it, and closes with a code and a reason. An HTTP status would tell browsers
     * nothing; an address of the DashScope service is answered as its clients expect. One of the offered subprotocols is
     * answered, since browsers give up without one; it is never one with a credential.
     */
    public static Mono<Void> refuse(ServerWebExchange exchange, int code, String reason) {
        boolean isOfTheService = ServiceSocket.isAt(RequestPath.of(exchange.getRequest()));
        var spec = WebsocketServerSpec.builder()
                .compress(false)
                .maxFramePayloadLength(isOfTheService ? ServiceSocket.MOST_BYTES : 1_024);
        protocols(exchange.getRequest().getHeaders()).stream()
                .filter(protocol -> !protocol.startsWith(BEARER))
                .findFirst()
                .ifPresent(spec::protocols);
        String words = reason.substring(0, Math.min(reason.length(), MOST_REASON_CHARACTERS));
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        WebsocketServerSpec built = spec.build();
        return exchange.getResponse()
                .setComplete()
                .then(Mono.defer(() -> response.sendWebsocket(
                        (in, out) -> isOfTheService
                                ? ServiceSocket.refuse(in, out, code, words)
                                : out.sendClose(code, words),
                        built)));
    }
}
