package dev.stentor.web.edge;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A filter that answers a handler's failure in the shape of the path's API. An unexpected exception is logged here, once; the client is
 * told of an internal error without details.
 */
public final class ProblemFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    private final Function<Throwable, Throwable> translation;

    /**
     * Creates a filter.
     *
     * @param translation function that turns a room's own exceptions into {@link ProblemException} and returns all others
     *     unchanged
     */
    public ProblemFilter(Function<Throwable, Throwable> translation) {
        this.translation = translation;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request))
                .onErrorResume(error -> answer(shape(request), translation.apply(error)));
    }

    private static Mono<ServerResponse> answer(ApiShape shape, Throwable error) {
        if (error instanceof ProblemException known) {
            return answer(shape, known.problem(), known.retryAfter());
        }
        if (ClientDisconnect.isCauseOf(error)) {
            LOG.debug("A client disconnected before it was answered");
        } else {
            LOG.error("A request failed with an unexpected exception", error);
        }
        return answer(
                shape,
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Internal",
                        "The gateway failed to answer; its log says why."),
                null);
    }

    private static Mono<ServerResponse> answer(ApiShape shape, Problem problem, @Nullable Duration retryAfter) {
        var response = ServerResponse.status(problem.status()).contentType(shape.contentType());
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        }
        return response.bodyValue(shape.error(problem));
    }

    private static ApiShape shape(ServerRequest request) {
        return ApiShape.of(RequestPath.of(request));
    }
}
