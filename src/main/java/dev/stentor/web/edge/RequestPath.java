package dev.stentor.web.edge;

import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The path of a request as routes match it. */
public final class RequestPath {

    private RequestPath() {}

    /** Returns the path without escapes and parameters: routes look at nothing else, so {@code /%761;x} is {@code /v1} to them. */
    public static String of(ServerHttpRequest request) {
        return of(request.getPath().pathWithinApplication());
    }

    static String of(ServerRequest request) {
        return of(request.requestPath().pathWithinApplication());
    }

    private static String of(PathContainer path) {
        String written = path.value();
        if (written.indexOf('%') < 0 && written.indexOf(';') < 0) {
            return written;
        }
        return path.elements().stream()
                .map(element ->
                        element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value())
                .collect(Collectors.joining());
    }
}
