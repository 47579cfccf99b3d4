package dev.stentor.web.listen;

import dev.stentor.web.edge.ProblemFilter;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Filter that serves the WebSocket handshakes of listeners itself, with the handler of their route: a search through all routes costs as much
 * as a good part of a join. It must stand behind all other filters, which decide about a handshake as about every request. Thread-safe. See
 * ADR 58.
 */
final class UpgradeFilter implements WebFilter {

    /** The address at which listeners join. */
    static final String ADDRESS = "/v1/channels/{channel}/listen";

    private static final PathPattern PATTERN = PathPatternParser.defaultInstance.parse(ADDRESS);
    private static final ProblemFilter PROBLEMS = new ProblemFilter(JoinRefusal::problem);

    private final HandlerFunction<ServerResponse> handler;
    private final ServerResponse.Context writers;

    /**
     * Creates the filter.
     *
     * @param handler of the route
     * @param writers of the answers to handshakes that are none
     */
    UpgradeFilter(HandlerFunction<ServerResponse> handler, List<HttpMessageWriter<?>> writers) {
        this.handler = handler;
        this.writers = new Writers(writers);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!HttpMethod.GET.equals(request.getMethod())
                || !"websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())) {
            return chain.filter(exchange);
        }
        PathPattern.PathMatchInfo found =
                PATTERN.matchAndExtract(request.getPath().pathWithinApplication());
        if (found == null) {
            return chain.filter(exchange);
        }
        exchange.getAttributes().put(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE, found.getUriVariables());
        return PROBLEMS.filter(ServerRequest.create(exchange, List.of()), handler)
                .flatMap(answer -> answer.writeTo(exchange, writers));
    }

    /** The writers of answers; pages are none of them. */
    private record Writers(List<HttpMessageWriter<?>> messageWriters) implements ServerResponse.Context {
        @Override
        public List<ViewResolver> viewResolvers() {
            return List.of();
        }
    }
}
