package dev.stentor.web.edge;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Answers whatever a handler failed with as problem details. What nobody foresaw is logged here, once, and told to the client as
 * an internal error without particulars.
 */
public final class ProblemFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    private final Function<Throwable, Throwable> translation;

    /** @param translation turns a room's own exceptions into {@link ProblemException}; others pass as they are */
    public ProblemFilter(Function<Throwable, Throwable> translation) {
        this.translation = translation;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorResume(error -> answer(translation.apply(error)));
    }

    private static Mono<ServerResponse> answer(Throwable error) {
        if (error instanceof ProblemException known) {
            return answer(known.problem(), known.retryAfter());
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            LOG.debug("a client left before it was answered");
        } else {
            LOG.error("an answer failed", error);
        }
        return answer(
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Internal",
                        "The gateway failed to answer; its log says why."),
                null);
    }

    private static Mono<ServerResponse> answer(Problem problem, @Nullable Duration retryAfter) {
        var response = ServerResponse.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        }
        return response.bodyValue(problem);
    }
}
