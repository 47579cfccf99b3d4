package dev.stentor.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Any routes on a real server on a free loopback port, and a client for them. Thread-safe. */
public final class TestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DisposableServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public TestServer(RouterFunction<ServerResponse> routes) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow();
    }

    /** Returns the address of a path. */
    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public HttpResponse<byte[]> bytes(String path) {
        return send(HttpRequest.newBuilder(at(path)), BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(at(path)), BodyHandlers.ofString());
    }

    public HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(at(path)).DELETE(), BodyHandlers.ofString());
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", BodyPublishers.ofString(body));
    }

    /** Posts a body with a key, as the official clients send one. */
    public HttpResponse<String> post(String path, String contentType, BodyPublisher body) {
        return send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", contentType)
                        .header("Authorization", "Bearer sk-any")
                        .POST(body),
                BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.timeout(PATIENCE).build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.disposeNow();
    }
}
