package dev.stentor.web.edge;

import dev.stentor.load.Overload;
import dev.stentor.load.RefusedWork;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * A filter that refuses new work while the gateway is overloaded: texts, listeners, uploads, voices. What goes on is served: interrupting,
 * reading, writing more of a text that was begun. A refused WebSocket is opened and closed with 4503, since browsers do not see the
 * status of a handshake.
 */
public final class OverloadFilter implements WebFilter {

    /** Time after which a refused client is asked to come back. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final int CLOSE_CODE = 4503;
    private static final String SENTENCE = "The gateway has too much to do just now; come back a little later.";

    /** The requests that begin something. */
    private static final List<Work> NEW = List.of(
            new Work(HttpMethod.POST, "/v1/channels/{channel}/utterances"),
            new Work(HttpMethod.POST, "/v1/channels/{channel}/utterances/{id}/resume"),
            new Work(HttpMethod.GET, "/v1/channels/{channel}/audio.wav"),
            new Work(HttpMethod.GET, "/v1/channels/{channel}/audio.ogg"),
            new Work(HttpMethod.GET, "/v1/channels/{channel}/audio.mp3"),
            new Work(HttpMethod.GET, "/v1/channels/{channel}/events"),
            new Work(HttpMethod.PUT, "/v1/channels/{channel}/sources/{source}"),
            new Work(HttpMethod.PUT, "/v1/sounds/{sound}"),
            new Work(HttpMethod.POST, "/v1/voices"),
            new Work(HttpMethod.GET, "/v1/voices/{voice}/preview"),
            new Work(HttpMethod.POST, "/v1/audio/speech"),
            new Work(HttpMethod.POST, "/api/**"));

    private static final Work LISTEN = new Work(HttpMethod.GET, "/v1/channels/{channel}/listen");

    private final Overload overload;

    /** Creates a filter that asks before each new piece of work. */
    public OverloadFilter(Overload overload) {
        this.overload = overload;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!overload.isOverloaded()) {
            return chain.filter(exchange);
        }
        ServerHttpRequest request = exchange.getRequest();
        if (LISTEN.is(request) && WebSocketHandshake.isWellFormed(request)) {
            return overload.refuses(RefusedWork.LISTENER)
                    ? WebSocketHandshake.refuse(exchange, CLOSE_CODE, "overloaded")
                    : chain.filter(exchange);
        }
        boolean isNew = NEW.stream().anyMatch(work -> work.is(request));
        return isNew && overload.refuses(RefusedWork.REQUEST) ? refused(exchange) : chain.filter(exchange);
    }

    private static Mono<Void> refused(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
        return ErrorAnswers.write(
                exchange,
                RequestPath.of(exchange.getRequest()),
                HttpStatus.SERVICE_UNAVAILABLE,
                "Overloaded",
                SENTENCE);
    }

    /** A kind of request. */
    private record Work(HttpMethod method, PathPattern path) {

        Work(HttpMethod method, String path) {
            this(method, PathPatternParser.defaultInstance.parse(path));
        }

        boolean is(ServerHttpRequest request) {
            return method.equals(request.getMethod())
                    && path.matches(request.getPath().pathWithinApplication());
        }
    }
}
