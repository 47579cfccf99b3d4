package dev.stentor.web.edge;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers to requests that failed outside of an API, or at no route at all: an error in the shape of the API whose address it was. A
 * handshake for a WebSocket of the DashScope service, of which the gateway has none, is upgraded and closed with a reason: some of the
 * official clients wait for ever after an HTTP status. A failure of the gateway is logged here once, with its path but never its query.
 */
public final class ErrorAnswers implements WebExceptionHandler {

    /** The close code of the service for what it cannot process. */
    private static final int UNPROCESSABLE = 1007;

    private static final String NO_SOCKET =
            "This gateway has no WebSocket API of the service: call MultiModalConversation over HTTP, or use /v1/channels.";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (ClientDisconnect.isCauseOf(error)) {
            LOG.debug("A client disconnected before it was answered");
            return Mono.empty();
        }
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        String path = RequestPath.of(exchange.getRequest());
        return switch (error) {
            case ProblemException known ->
                write(
                        exchange,
                        path,
                        HttpStatus.valueOf(known.problem().status()),
                        known.problem().code(),
                        known.problem().detail());
            case ResponseStatusException known -> refuse(exchange, path, known);
            default -> fail(exchange, path, error);
        };
    }

    /** Answers the failure of a request that is not committed yet, in the shape of its API. */
    static Mono<Void> write(ServerWebExchange exchange, String path, HttpStatus status, String code, String detail) {
        ServerHttpResponse response = exchange.getResponse();
        ApiShape shape = ApiShape.of(path);
        response.setStatusCode(status);
        response.getHeaders().setContentType(shape.contentType());
        byte[] body = shape.error(status, code, detail);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, String path, ResponseStatusException error) {
        HttpStatus status = HttpStatus.resolve(error.getStatusCode().value());
        if (status == null || status.is5xxServerError()) {
            return fail(exchange, path, error);
        }
        if (status == HttpStatus.NOT_FOUND && isSocketOfTheService(exchange, path)) {
            return WebSocketHandshake.refuse(exchange, UNPROCESSABLE, NO_SOCKET);
        }
        exchange.getResponse().getHeaders().addAll(error.getHeaders());
        return status == HttpStatus.NOT_FOUND
                ? write(exchange, path, status, "NotFound", "There is nothing at this address.")
                : write(exchange, path, status, code(status), "The request cannot be served as it is.");
    }

    private static boolean isSocketOfTheService(ServerWebExchange exchange, String path) {
        return ServiceSocket.isAt(path) && WebSocketHandshake.isWellFormed(exchange.getRequest());
    }

    private static Mono<Void> fail(ServerWebExchange exchange, String path, Throwable error) {
        LOG.error("A request of {} failed with an unexpected exception", path, error);
        return write(
                exchange,
                path,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Internal",
                "The gateway failed to answer; its log says why.");
    }

    /** Returns a status as a code: 405 is {@code MethodNotAllowed}. */
    private static String code(HttpStatus status) {
        return Arrays.stream(status.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
