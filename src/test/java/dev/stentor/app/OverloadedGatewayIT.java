package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Tests of a whole gateway that is overloaded while its one listener waits: every thread is later than no time at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadedGatewayIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ConfigurableApplicationContext gateway;

    @BeforeAll
    void start(@TempDir Path folder) {
        gateway = SpringApplication.run(
                GatewayApplication.class,
                "--server.port=0",
                "--gateway.engine=dashscope",
                "--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1",
                "--gateway.dashscope.api-key=sk-overload",
                "--gateway.archive.max-size=0",
                "--gateway.archive.directory=" + folder,
                "--gateway.overload.lateness=1ns");
        var _ = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create(at("/v1/channels/lobby/listen").replace("http", "ws")), new WebSocket.Listener() {})
                .join();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> send("POST", "/v1/channels/lobby/utterances").statusCode() == 503);
    }

    @AfterAll
    void end() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/channels/lobby/utterances, '\"code\":\"Overloaded\"'",
        "GET,  /v1/channels/lobby/audio.wav,  '\"code\":\"Overloaded\"'",
        "GET,  /v1/channels/lobby/audio.ogg,  '\"code\":\"Overloaded\"'",
        "GET,  /v1/channels/lobby/audio.mp3,  '\"code\":\"Overloaded\"'",
        "PUT,  /v1/channels/lobby/sources/s,  '\"code\":\"Overloaded\"'",
        "POST, /v1/voices,                    '\"code\":\"Overloaded\"'",
        "GET,  /v1/voices/Cherry/preview,     '\"code\":\"Overloaded\"'",
        "POST, /v1/audio/speech,              '\"type\":\"server_error\",\"param\":null,\"code\":\"overloaded\"'",
        "POST, /api/v1/services/aigc/multimodal-generation/generation, '{\"code\":\"Overloaded\",\"message\"'"
    })
    void newWorkIsRefusedInTheFormOfItsApi(String method, String path, String part) throws Exception {
        var answer = send(method, path);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(part);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v1/channels,                404, 200",
        "POST, /v1/channels/lobby/clear,    404, 200",
        "POST, /v1/channels/lobby/utterances/u1/text, 404, 400",
        "GET,  /readyz,                     200, 200",
        "GET,  /livez,                      200, 200",
        "GET,  /player/player.js,           200, 200"
    })
    void allElseIsServed(String method, String path, int one, int other) throws Exception {
        assertThat(send(method, path).statusCode()).isIn(one, other, 415);
    }

    @Test
    void aListenerIsClosedWithACodeThatPlayersComeBackAfter() throws Exception {
        var closed = new CompletableFuture<Integer>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return CompletableFuture.completedStage(null);
            }
        };
        var _ = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(at("/v1/channels/lobby/listen").replace("http", "ws")), listener)
                .get(30, TimeUnit.SECONDS);
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(4503);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(at(path)))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String at(String path) {
        return "http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty("local.server.port") + path;
    }
}
