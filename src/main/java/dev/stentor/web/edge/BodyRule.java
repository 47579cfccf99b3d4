package dev.stentor.web.edge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that refuses the body of a request by its head, before any of it is read: one that is announced longer than anything that
 * its address takes, one that is compressed, and one that waits for something else than {@code 100 Continue}.
 */
public final class BodyRule implements WebFilter {

    private static final Set<String> PLAIN = Set.of("identity");

    private final Map<String, Long> limits;
    private final long otherwise;

    /**
     * Creates the rule.
     *
     * @param limits longest bodies in bytes, by the beginning of the path; the longest beginning counts
     * @param otherwise longest body at all other paths, in bytes
     */
    public BodyRule(Map<String, Long> limits, long otherwise) {
        this.limits = Map.copyOf(limits);
        this.otherwise = otherwise;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders headers = request.getHeaders();
        String path = RequestPath.of(request);
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        if (!PLAIN.containsAll(encodings)) {
            return ErrorAnswers.write(
                    exchange,
                    path,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "UnsupportedContentEncoding",
                    "Bodies are taken as they are only, without a Content-Encoding.");
        }
        long length = headers.getContentLength();
        long limit = length > 0 ? limit(path) : otherwise;
        if (length > limit) {
            return ErrorAnswers.write(
                    exchange,
                    path,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "BodyTooLarge",
                    "The body is announced with more than " + limit + " bytes, which is all that is taken here.");
        }
        String expected = headers.getFirst(HttpHeaders.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            return ErrorAnswers.write(
                    exchange,
                    path,
                    HttpStatus.EXPECTATION_FAILED,
                    "ExpectationFailed",
                    "Nothing but 100-continue can be expected here.");
        }
        return chain.filter(exchange);
    }

    private long limit(String path) {
        return limits.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(otherwise);
    }
}
