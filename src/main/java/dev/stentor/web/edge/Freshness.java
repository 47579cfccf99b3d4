package dev.stentor.web.edge;

import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Whether a caller wants speech made anew, although the same may be kept already. */
public final class Freshness {

    private Freshness() {}

    /**
     * {@code Cache-Control: no-cache} says so. Beside {@code X-Accel-Buffering: no} it does not: the official client for Java sends
     * both with every stream, and means that no proxy should hold the stream back.
     */
    public static boolean isWanted(ServerRequest.Headers headers) {
        return headers.header(HttpHeaders.CACHE_CONTROL).stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-cache"))
                && headers.header("X-Accel-Buffering").isEmpty();
    }
}
