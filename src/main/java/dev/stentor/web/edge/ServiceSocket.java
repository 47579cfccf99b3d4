package dev.stentor.web.edge;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The refusal of a client at an address of the DashScope service's WebSocket APIs. Official clients for Python take a connection that is
 * closed at once for one that was never there, and say so 5 s later; the one for Java gives an empty sound. So the first message is
 * answered with an error of the API's own protocol, and the connection is closed after it.
 */
final class ServiceSocket {

    /** Largest message that is read; a client's first one is far shorter. */
    static final int MOST_BYTES = 65_536;

    /** Most messages that are read; what comes after them closes the connection. */
    private static final int MOST_MESSAGES = 100;

    private static final String PATHS = "/api-ws/";
    private static final String CODE = "CLIENT_ERROR";
    /** Time for the first message; the clients send it as soon as they are connected. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Time in which the client may close the connection itself; what it sends is read, else its system would drop the error. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final JsonMapper JSON = new JsonMapper();

    private ServiceSocket() {}

    static boolean isAt(String path) {
        return path.startsWith(PATHS);
    }

    /** Answers the first message with an error, and closes. */
    static Mono<Void> refuse(WebsocketInbound in, WebsocketOutbound out, int code, String words) {
        Sinks.One<String> first = Sinks.one();
        Sinks.Empty<Void> gone = Sinks.empty();
        Mono<Void> reading = in.receive()
                .asString()
                .take(MOST_MESSAGES)
                .doOnNext(message -> {
                    var _ = first.tryEmitValue(message); // later ones are not answered
                })
                .onErrorComplete()
                .then()
                .doOnTerminate(() -> {
                    first.tryEmitEmpty();
                    gone.tryEmitEmpty();
                });
        Mono<Void> answering = first.asMono()
                .timeout(PATIENCE, Mono.empty())
                .flatMap(message -> Mono.justOrEmpty(error(message, words)))
                .flatMap(error -> out.sendString(Mono.just(error))
                        .then()
                        .then(gone.asMono().timeout(GRACE, Mono.empty())))
                .then(Mono.defer(() -> out.sendClose(code, words)));
        return Mono.when(reading, answering);
    }

    /** Returns the error that answers a message; empty if the message is not one of the API's. */
    static Optional<String> error(String message, String words) {
        try {
            JsonNode read = JSON.readTree(message);
            String task = read.path("header").path("task_id").asString("");
            if (!task.isEmpty()) {
                return Optional.of(JSON.writeValueAsString(Map.of(
                        "header",
                        Map.of(
                                "task_id", task,
                                "event", "task-failed",
                                "error_code", CODE,
                                "error_message", words,
                                "attributes", Map.of()),
                        "payload",
                        Map.of())));
            }
            return read.path("type").isString()
                    ? Optional.of(JSON.writeValueAsString(Map.of(
                            "event_id", "event_refused",
                            "type", "error",
                            "error", Map.of("type", CODE, "code", CODE, "message", words))))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
