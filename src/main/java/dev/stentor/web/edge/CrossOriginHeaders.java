package dev.stentor.web.edge;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that gives pages of the allowed origins the headers of CORS, so that they can read the answers, and answers their
 * preflight requests. Looks at all addresses below {@code /v1} and {@code /api}, and at the player's files, since scripts that are modules,
 * and worklets, are fetched as answers to be read. Whoever keeps such an answer learns that it differs by origin. It refuses nothing:
 * foreign pages are refused where access is decided.
 */
public final class CrossOriginHeaders implements WebFilter {

    /** Response headers that a page may read besides those that the Fetch standard lets it read anyway. */
    private static final List<String> EXPOSED = List.of(
            HttpHeaders.ACCEPT_RANGES,
            HttpHeaders.ALLOW,
            HttpHeaders.CONTENT_RANGE,
            HttpHeaders.DATE,
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE,
            "X-Request-Id",
            RemoteLists.HEADER,
            CharacterCount.HEADER);

    private static final long PREFLIGHT_SECONDS = 600;

    private final Set<String> origins;
    private final CorsConfiguration allowed = new CorsConfiguration();
    private final DefaultCorsProcessor cors = new DefaultCorsProcessor();

    /** Creates a filter for pages of these origins. */
    public CrossOriginHeaders(Set<String> origins) {
        this.origins = Set.copyOf(origins);
        allowed.setAllowedOrigins(List.copyOf(origins));
        allowed.setAllowedMethods(List.of(CorsConfiguration.ALL));
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(EXPOSED);
        allowed.setMaxAge(PREFLIGHT_SECONDS);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String origin = request.getHeaders().getOrigin();
        if (origins.isEmpty() || !isForPages(request)) {
            return chain.filter(exchange);
        }
        if (origin == null || !origins.contains(origin)) {
            exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            return chain.filter(exchange);
        }
        boolean goesOn = cors.process(allowed, exchange) && !CorsUtils.isPreFlightRequest(request);
        return goesOn ? chain.filter(exchange) : exchange.getResponse().setComplete();
    }

    private static boolean isForPages(ServerHttpRequest request) {
        String path = RequestPath.of(request);
        return path.startsWith("/v1") || path.startsWith("/api") || path.startsWith("/player/");
    }
}
