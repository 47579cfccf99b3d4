package dev.stentor.web.edge;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The last route of the gateway's own API: it answers every request that no other route matches with 404. */
public final class NotFoundRoutes {

    private NotFoundRoutes() {}

    /** Returns the route; it must be the last one that a request is offered to. */
    public static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .path(
                        "/v1/**",
                        builder -> builder.route(
                                request -> true,
                                request -> Mono.error(() -> Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "NotFound",
                                                "There is nothing at this address for " + request.method() + ".")
                                        .exception())))
                .filter(new ProblemFilter(error -> error))
                .build();
    }
}
