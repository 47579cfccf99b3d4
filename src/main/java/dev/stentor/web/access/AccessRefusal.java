package dev.stentor.web.access;

import dev.stentor.access.Decision.Reason;
import dev.stentor.usage.Quota;
import dev.stentor.web.edge.ApiShape;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A refusal in the words of each protocol: HTTP statuses and codes of the gateway's own API and of the two compatible ones, and
 * close codes of WebSockets.
 */
enum AccessRefusal {
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            4401,
            "Unauthenticated",
            "InvalidApiKey",
            "invalid_api_key",
            "This needs a valid key: Authorization: Bearer KEY."),
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            4403,
            "Forbidden",
            "AccessDenied",
            "insufficient_permissions",
            "The caller lacks the right to do this here."),
    ORIGIN_NOT_ALLOWED(
            HttpStatus.FORBIDDEN,
            4403,
            "OriginNotAllowed",
            "AccessDenied",
            "origin_not_allowed",
            "Pages of this origin may not use this gateway; see gateway.listen.origins."),
    TOO_MANY_ATTEMPTS(
            HttpStatus.TOO_MANY_REQUESTS,
            4429,
            "TooManyAttempts",
            "Throttling",
            "rate_limit_exceeded",
            "Too many wrong credentials came from this address; wait."),
    TOO_MANY_REQUESTS(
            HttpStatus.TOO_MANY_REQUESTS,
            4429,
            "TooManyRequests",
            "Throttling.RateQuota",
            "rate_limit_exceeded",
            "This caller sends requests faster than it may; see gateway.usage.requests-per-second."),
    TOO_MANY_UPLOADS(
            HttpStatus.TOO_MANY_REQUESTS,
            4429,
            Quota.UPLOADS.code(),
            "Throttling.AllocationQuota",
            "insufficient_quota",
            Quota.UPLOADS.sentence()),
    UNVERIFIABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            4500,
            "TokenUnverifiable",
            "ServiceUnavailable",
            "token_unverifiable",
            "The token cannot be checked now; try again.");

    /** Tells the clients of DashScope's WebSocket API that a message or a connection is refused. */
    private static final int DASHSCOPE_CLOSE = 1007;

    private final HttpStatus status;
    private final int closeCode;
    private final String code;
    private final String dashScopeCode;
    private final String openAiCode;
    private final String sentence;

    AccessRefusal(
            HttpStatus status, int closeCode, String code, String dashScopeCode, String openAiCode, String sentence) {
        this.status = status;
        this.closeCode = closeCode;
        this.code = code;
        this.dashScopeCode = dashScopeCode;
        this.openAiCode = openAiCode;
        this.sentence = sentence;
    }

    static AccessRefusal of(Reason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> FORBIDDEN;
            case ORIGIN_NOT_ALLOWED -> ORIGIN_NOT_ALLOWED;
            case TOO_MANY_ATTEMPTS -> TOO_MANY_ATTEMPTS;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case UNVERIFIABLE -> UNVERIFIABLE;
        };
    }

    HttpStatus status() {
        return status;
    }

    /** Returns the refusal as a problem of the gateway's own API. */
    ProblemException problem() {
        return Problem.of(status, code, sentence).exception();
    }

    /** Returns the close code of a WebSocket at that path. */
    int closeCode(String path) {
        return isDashScope(path) ? DASHSCOPE_CLOSE : closeCode;
    }

    /** Returns the reason of the close. */
    String closeReason(String path) {
        return isDashScope(path) ? dashScopeCode + ": " + sentence : sentence;
    }

    /** Answers a request with the status, in the form that the clients of this address know. */
    Mono<Void> answer(ServerWebExchange exchange, String path, Duration retryAfter) {
        ApiShape shape = ApiShape.of(path);
        var response = exchange.getResponse();
        response.setStatusCode(status);
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(shape.contentType());
        if (this == UNAUTHENTICATED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (retryAfter.isPositive()) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        }
        byte[] body = shape.error(status, code(shape), sentence);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private String code(ApiShape shape) {
        return switch (shape) {
            case PROBLEM -> code;
            case DASHSCOPE -> dashScopeCode;
            case OPENAI -> openAiCode;
        };
    }

    private static boolean isDashScope(String path) {
        return ApiShape.of(path) == ApiShape.DASHSCOPE;
    }
}
