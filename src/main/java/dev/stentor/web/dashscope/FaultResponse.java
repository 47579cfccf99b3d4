package dev.stentor.web.dashscope;

import dev.stentor.web.edge.CharacterCount;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The answer to a failed request, in both APIs of the service: a status, and the fault as JSON. */
final class FaultResponse {

    /** The header that carries a request's id. */
    static final String REQUEST_ID = "x-request-id";

    private FaultResponse() {}

    /** Returns the answer to a request that failed. */
    static Mono<ServerResponse> of(String requestId, Fault fault) {
        return ServerResponse.status(fault.status())
                .build((exchange, _) -> write(exchange.getResponse(), requestId, fault));
    }

    /** Writes the fault into a response that is not committed yet. */
    static Mono<Void> write(ServerHttpResponse response, String requestId, Fault fault) {
        response.setStatusCode(HttpStatusCode.valueOf(fault.status()));
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set(REQUEST_ID, requestId);
        headers.remove(CharacterCount.HEADER);
        Duration wait = fault.retryAfter();
        if (wait != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        var body = new Json.Failure(fault.code(), fault.message(), requestId);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(Json.MAPPER.writeValueAsBytes(body))));
    }
}
