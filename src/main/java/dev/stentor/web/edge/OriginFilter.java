package dev.stentor.web.edge;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that refuses requests which a foreign web page sends through its visitor's browser: such a page could silence a gateway
 * that only this machine can reach, or spend its money. Looks at all addresses below {@code /v1} and {@code /api}. Pages of the
 * allowed origins get the headers of CORS, so that they can read the answers too.
 *
 * <p>These pass without an origin: programs; a page that the user opens by a link; recordings by their signed address, which is a
 * credential of its own.
 */
public final class OriginFilter implements WebFilter {

    private static final String SENTENCE = "Pages of this origin may not use this gateway; see gateway.listen.origins.";

    private static final List<String> EXPOSED = List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, "X-Request-Id");
    private static final long PREFLIGHT_SECONDS = 600;

    private final OriginRule rule;
    private final CorsConfiguration allowed = new CorsConfiguration();
    private final DefaultCorsProcessor cors = new DefaultCorsProcessor();

    /** Creates a filter by that rule. */
    public OriginFilter(OriginRule rule) {
        this.rule = rule;
        allowed.setAllowedOrigins(List.copyOf(rule.allowed()));
        allowed.setAllowedMethods(List.of(CorsConfiguration.ALL));
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(EXPOSED);
        allowed.setMaxAge(PREFLIGHT_SECONDS);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = RequestPath.of(request);
        if (!isGuarded(path) || isSignedRecording(request)) {
            return chain.filter(exchange);
        }
        String origin = request.getHeaders().getOrigin();
        if (origin != null && rule.allowed().contains(origin)) {
            boolean goesOn = cors.process(allowed, exchange) && !CorsUtils.isPreFlightRequest(request);
            return goesOn ? chain.filter(exchange) : exchange.getResponse().setComplete();
        }
        return rule.permits(request)
                ? chain.filter(exchange)
                : ErrorAnswers.write(exchange, path, HttpStatus.FORBIDDEN, "OriginNotAllowed", SENTENCE);
    }

    private static boolean isGuarded(String path) {
        return path.startsWith("/v1") || path.startsWith("/api");
    }

    /** Tells whether a request asks for a recording by its signed address. */
    static boolean isSignedRecording(ServerHttpRequest request) {
        return RequestPath.of(request).startsWith("/v1/audio/")
                && Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.getMethod())
                && request.getQueryParams().containsKey("Signature");
    }
}
