package dev.stentor.web.edge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
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

    private static final String DASHSCOPE = "/api";
    private static final String OPENAI = "/v1/audio/speech";
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
        String path = pathAsRoutesMatchIt(request);
        if (!isGuarded(path) || isSignedRecording(request, path)) {
            return chain.filter(exchange);
        }
        String origin = request.getHeaders().getOrigin();
        if (origin != null && rule.allowed().contains(origin)) {
            boolean goesOn = cors.process(allowed, exchange) && !CorsUtils.isPreFlightRequest(request);
            return goesOn ? chain.filter(exchange) : exchange.getResponse().setComplete();
        }
        return rule.permits(request) ? chain.filter(exchange) : refuse(exchange, path);
    }

    /** Returns the path without escapes and parameters: routes look at nothing else, so {@code /%761;x} is {@code /v1} to them. */
    private static String pathAsRoutesMatchIt(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().elements().stream()
                .map(element ->
                        element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value())
                .collect(Collectors.joining());
    }

    private static boolean isGuarded(String path) {
        return path.startsWith("/v1") || path.startsWith(DASHSCOPE);
    }

    private static boolean isSignedRecording(ServerHttpRequest request, String path) {
        return path.startsWith("/v1/audio/")
                && Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.getMethod())
                && request.getQueryParams().containsKey("Signature");
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, String path) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.FORBIDDEN);
        response.getHeaders()
                .setContentType(isOurOwn(path) ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        byte[] body = refusal(path).getBytes(StandardCharsets.UTF_8);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** Returns the refusal in the form that the clients of this address know. */
    private static String refusal(String path) {
        if (path.startsWith(DASHSCOPE)) {
            return """
                    {"code":"AccessDenied","message":"%s","request_id":""}""".formatted(SENTENCE);
        }
        if (path.startsWith(OPENAI)) {
            return """
                    {"error":{"message":"%s","type":"invalid_request_error","param":null,"code":"origin_not_allowed"}}""".formatted(SENTENCE);
        }
        return """
                {"type":"urn:stentor:problem:OriginNotAllowed","title":"Forbidden","status":403,"detail":"%s",\
                "code":"OriginNotAllowed"}""".formatted(SENTENCE);
    }

    private static boolean isOurOwn(String path) {
        return !path.startsWith(DASHSCOPE) && !path.startsWith(OPENAI);
    }
}
