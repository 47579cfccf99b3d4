package dev.stentor.web.dashscope;

import dev.stentor.web.edge.ContentType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The rules for a request's headers, which are checked before its body is read. */
final class HeaderRules {

    private static final String SSE = "X-DashScope-SSE";
    private static final String SCHEME = "Bearer ";

    private HeaderRules() {}

    /** Checks key and content type; throws a {@link Rejection}. Any key will do here: access is decided before. */
    static void check(ServerRequest.Headers headers) {
        checkKey(headers.firstHeader(HttpHeaders.AUTHORIZATION));
        if (!ContentType.is(headers, MediaType.APPLICATION_JSON)) {
            throw new Rejection(new Fault(415, "InvalidParameter", "Content-Type must be application/json.", null));
        }
    }

    /** Tells whether the client wants a stream; if not, one answer gives the address of the whole recording. */
    static boolean isForStream(ServerRequest.Headers headers) {
        return "enable".equalsIgnoreCase(headers.firstHeader(SSE));
    }

    private static void checkKey(@Nullable String authorization) {
        if (authorization == null) {
            throw new Rejection(new Fault(401, "InvalidApiKey", "No API-key provided.", null));
        }
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!bearer || authorization.substring(SCHEME.length()).isBlank()) {
            throw new Rejection(new Fault(401, "InvalidApiKey", "Invalid API-key provided.", null));
        }
    }
}
