package dev.stentor.web.edge;

import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * The last route of the APIs: it answers every request that no other route matches, in the shape of the API of its path. An address of a
 * compatible API answers another method with 405, as the clients of that API expect; all else is 404.
 */
public final class NotFoundRoutes {

    /** The addresses of the compatible APIs that take one method. */
    private static final List<Address> COMPATIBLE = List.of(
            new Address(HttpMethod.GET, "/v1/models"),
            new Address(HttpMethod.GET, "/v1/models/{*model}"),
            new Address(HttpMethod.GET, "/v1/audio/models"),
            new Address(HttpMethod.GET, "/v1/audio/voices"),
            new Address(HttpMethod.POST, "/api/v1/services/aigc/multimodal-generation/generation"),
            new Address(HttpMethod.POST, "/api/v1/services/audio/tts/customization"));

    private static final String LACKING = "This gateway lacks this API of the service: it speaks at "
            + "POST /api/v1/services/aigc/multimodal-generation/generation, and makes voices at "
            + "POST /api/v1/services/audio/tts/customization.";

    private record Address(HttpMethod method, PathPattern path) {

        Address(HttpMethod method, String path) {
            this(method, PathPatternParser.defaultInstance.parse(path));
        }
    }

    private NotFoundRoutes() {}

    /** Returns the routes; they must be the last ones that a request is offered to. */
    public static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .path("/v1/**", builder -> builder.route(_ -> true, NotFoundRoutes::answer))
                .path("/api/**", builder -> builder.route(_ -> true, NotFoundRoutes::answer))
                .filter(new ProblemFilter(error -> error))
                .build();
    }

    private static Mono<ServerResponse> answer(ServerRequest request) {
        return COMPATIBLE.stream()
                .filter(address -> address.path().matches(request.requestPath().pathWithinApplication()))
                .findFirst()
                .map(address -> wrongMethod(request, address.method()))
                .orElseGet(() -> Mono.error(() -> notFound(request).exception()));
    }

    private static Mono<ServerResponse> wrongMethod(ServerRequest request, HttpMethod allowed) {
        ApiShape shape = shape(request);
        return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                .allow(allowed)
                .contentType(shape.contentType())
                .bodyValue(shape.error(
                        HttpStatus.METHOD_NOT_ALLOWED, "MethodNotAllowed", "Only " + allowed + " is taken here."));
    }

    private static Problem notFound(ServerRequest request) {
        return Problem.of(
                HttpStatus.NOT_FOUND,
                "NotFound",
                shape(request) == ApiShape.DASHSCOPE
                        ? LACKING
                        : "There is nothing at this address for " + request.method() + ".");
    }

    private static ApiShape shape(ServerRequest request) {
        return ApiShape.of(RequestPath.of(request));
    }
}
