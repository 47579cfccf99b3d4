package dev.stentor.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A receiver of traces on a free loopback port: OTLP over HTTP, as Protocol Buffers. Thread-safe. */
public final class TraceReceiver implements AutoCloseable {

    /** The bytes of all requests, in which a test may look for what must not be there. */
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;

    /**
     * One ended step.
     *
     * @param parent id of the step above it; empty if there is none
     * @param failure code of its failure; empty if it did not fail
     */
    public record Step(
            String trace,
            String id,
            String parent,
            String name,
            Map<String, String> values,
            List<String> events,
            String failure) {}

    /** Starts it. */
    public TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** Returns the address that takes traces. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** Answers every request with that status from now on. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    /** Returns the steps so far. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Returns the values of {@code X-Credential} in the requests so far. */
    public List<String> credentials() {
        return List.copyOf(credentials);
    }

    /** Returns the bytes of all requests so far, each byte as a character. */
    public String raw() {
        var raw = new StringBuilder();
        bodies.forEach(body -> raw.append(new String(body, ISO_8859_1)));
        return raw.toString();
    }

    /** Waits for a step, and returns it. */
    @CanIgnoreReturnValue
    public Step await(String what, Predicate<Step> wanted) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .until(() -> steps.stream().anyMatch(wanted));
        return steps.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
            bodies.add(body);
            credentials.addAll(exchange.getRequestHeaders().getOrDefault("X-Credential", List.of()));
            if (status == 200) {
                for (ProtobufMessage resource : ProtobufMessage.of(body).all(1)) {
                    for (ProtobufMessage scope : resource.all(2)) {
                        scope.all(2).forEach(span -> steps.add(step(span)));
                    }
                }
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static Step step(ProtobufMessage span) {
        var values = new HashMap<String, String>();
        span.all(9)
                .forEach(attribute -> attribute
                        .all(2)
                        .forEach(value -> values.put(
                                attribute.text(1),
                                value.text(1).isEmpty() ? Long.toString(value.number(3)) : value.text(1))));
        String failure = span.all(15).stream()
                .map(outcome -> outcome.text(2))
                .findFirst()
                .orElse("");
        return new Step(
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                values,
                span.all(11).stream().map(event -> event.text(2)).toList(),
                failure);
    }
}
