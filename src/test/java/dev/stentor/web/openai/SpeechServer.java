package dev.stentor.web.openai;

import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.ffmpeg.AacEncoder;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.qwen.QwenCatalogue;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A real HTTP server on loopback that hosts the compatible API and nothing else. Thread-safe. */
final class SpeechServer implements AutoCloseable {

    static final String REQUEST_ID = "request-1";
    static final String ENCODING = "test-encoding";
    static final OpenAiLimits LIMITS =
            new OpenAiLimits(600, 65_536, Duration.ofMinutes(5), 100_000, Duration.ofMillis(20));

    private final Scheduler encoding = Schedulers.newSingle(ENCODING);
    private final DisposableServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SpeechServer(SpeechEngine engine) {
        this(engine, Schedulers.parallel());
    }

    SpeechServer(SpeechEngine engine, Scheduler work) {
        this(engine, work, null);
    }

    /** @param aac encoder of AAC; null means none */
    SpeechServer(SpeechEngine engine, Scheduler work, @Nullable AacEncoder aac) {
        var catalogue = QwenCatalogue.standard();
        var names = OpenAiNames.of(catalogue.models(), catalogue.voices());
        var api = new OpenAiApi(
                engine,
                names,
                LIMITS,
                new AnswerEncoding(new Mp3BitRate(64_000), aac, encoding),
                () -> REQUEST_ID,
                work);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, 16_384)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(api.routes())))
                .bindNow();
    }

    int port() {
        return server.port();
    }

    /** Creates a request as the official client sends it, but without a key. */
    HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + OpenAiApi.PATH))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<byte[]> post(String body) {
        return send(request(body).build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        server.disposeNow();
        encoding.dispose();
    }
}
