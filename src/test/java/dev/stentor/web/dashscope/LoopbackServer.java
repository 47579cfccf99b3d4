package dev.stentor.web.dashscope;

import dev.stentor.archive.TestArchive;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.web.audio.AudioApi;
import dev.stentor.web.edge.PublicAddress;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A real HTTP server on loopback that hosts the compatible API, and the files of an archive if it has one. Thread-safe. */
final class LoopbackServer implements AutoCloseable {

    static final String REQUEST_ID = "request-1";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DisposableServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LoopbackServer(SpeechEngine engine) {
        this(engine, DashScopeLimits.DEFAULT, Schedulers.parallel());
    }

    LoopbackServer(SpeechEngine engine, DashScopeLimits limits, Scheduler scheduler) {
        this(engine, limits, scheduler, null);
    }

    /** Creates a server with an archive, whose files it serves too. */
    LoopbackServer(SpeechEngine engine, TestArchive archive) {
        this(archive.over(engine), DashScopeLimits.DEFAULT, Schedulers.parallel(), archive);
    }

    private LoopbackServer(
            SpeechEngine engine, DashScopeLimits limits, Scheduler scheduler, @Nullable TestArchive archive) {
        RouterFunction<ServerResponse> routes = new DashScopeApi(
                        engine,
                        archive == null ? null : archive.addresses(new PublicAddress(null)),
                        limits,
                        () -> REQUEST_ID,
                        scheduler)
                .routes();
        if (archive != null) {
            routes = routes.and(new AudioApi(archive.archive(), archive.links(), archive::now, null).routes());
        }
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, 16_384)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow();
    }

    int port() {
        return server.port();
    }

    /** Returns the base URL in the sense of the official clients. */
    String base() {
        return "http://127.0.0.1:" + port() + "/api/v1";
    }

    /** Creates a request with every header that a streaming client sends, to be completed. */
    HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + DashScopeApi.PATH))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer sk-any")
                .header("X-DashScope-SSE", "enable")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String body) {
        return send(request(body).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fetches the bytes at an address without any credential. */
    byte[] fetch(String url) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new AssertionError("status " + answer.statusCode() + " for " + url);
            }
            return answer.body();
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
