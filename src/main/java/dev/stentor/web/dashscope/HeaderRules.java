package dev.stentor.web.dashscope;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a request must say in its headers before its body is read. */
final class HeaderRules {

    private static final String SSE = "X-DashScope-SSE";
    private static final String SCHEME = "Bearer ";

    private HeaderRules() {}

    /** Throws a {@link Rejection}. Any key is good: whose it is, is not asked here, and it goes nowhere. */
    static void check(ServerRequest.Headers headers) {
        checkKey(headers.firstHeader(HttpHeaders.AUTHORIZATION));
        if (!isJson(headers)) {
            throw new Rejection(new Fault(415, "InvalidParameter", "Content-Type must be application/json.", null));
        }
    }

    /** Whether the sound is wanted as it is made; else one answer tells where the whole of it is. */
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

    private static boolean isJson(ServerRequest.Headers headers) {
        try {
            return headers.contentType()
                    .filter(MediaType.APPLICATION_JSON::equalsTypeAndSubtype)
                    .isPresent();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
