package dev.stentor.web.edge;

import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The decision whether a caller asks for new synthesis, although a recording of the same request may exist. */
public final class Freshness {

    private Freshness() {}

    /**
     * Tells whether the headers ask for new synthesis: with {@code Cache-Control: no-cache}, but without
     * {@code X-Accel-Buffering}. The official Java client sends both with every stream, only to keep proxies from buffering it.
     */
    public static boolean isWanted(ServerRequest.Headers headers) {
        return headers.header(HttpHeaders.CACHE_CONTROL).stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-cache"))
                && headers.header("X-Accel-Buffering").isEmpty();
    }
}
