package dev.stentor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.testing.Fuzz;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Fuzzing of the bodies of all HTTP APIs of the whole gateway. */
class RequestsFuzzIT {

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final String[] TYPES = {"application/json", "application/json", "application/x-ndjson", "text/plain"
    };

    private record Example(String method, String path, String body) {}

    private static final List<Example> EXAMPLES = List.of(
            new Example(
                    "POST",
                    "/v1/channels/fuzz/utterances",
                    "{\"text\":\"Hi.\",\"voice\":\"Cherry\",\"mode\":\"next\",\"expires_ms\":50,\"open\":false,"
                            + "\"marks\":[{\"id\":\"a\",\"at\":1}]}"),
            new Example("POST", "/v1/channels/fuzz/clear", "{\"scope\":\"all\",\"drain_ms\":5,\"fade_ms\":5}"),
            new Example("POST", "/v1/channels/fuzz/utterances/u/text", "{\"text\":\"More.\",\"seq\":1}"),
            new Example("PUT", "/v1/channels/fuzz", "{\"preset\":\"narration\",\"lead_ms\":100,\"max_utterances\":5}"),
            new Example(
                    "PUT",
                    "/v1/channels/fuzz/sources/bed",
                    "{\"kind\":\"sound\",\"sound\":\"chime\",\"gain_db\":-3.5,\"loop\":true,\"duck\":{\"depth_db\":9}}"),
            new Example("PATCH", "/v1/channels/fuzz/mix", "{\"always\":true,\"loudness\":true}"),
            new Example("POST", "/v1/voices", "{\"description\":\"Calm.\",\"preview_text\":\"Hi.\",\"name\":\"a\"}"),
            new Example("PUT", "/v1/sounds/fuzz", "RIFF....WAVEfmt ................data"),
            new Example(
                    "POST", "/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"\",\"voice\":\"alloy\",\"speed\":1}"),
            new Example(
                    "POST",
                    "/api/v1/services/aigc/multimodal-generation/generation",
                    "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"\",\"voice\":\"Cherry\"}}"),
            new Example(
                    "POST",
                    "/api/v1/services/audio/tts/customization",
                    "{\"model\":\"qwen-voice-enrollment\",\"input\":{\"action\":\"list\"}}"));

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyBodyIsAnsweredWithoutAnErrorOfTheGateway() {
        var log = new ListAppender<ILoggingEvent>();
        try (ConfigurableApplicationContext gateway = WholeGateway.start(folder, "--gateway.engine=local");
                HttpClient client = HttpClient.newHttpClient()) {
            log.setContext(ROOT.getLoggerContext());
            log.start();
            ROOT.addAppender(log);
            String base = "http://127.0.0.1:" + WholeGateway.port(gateway);
            Fuzz.rounds(random -> round(random, client, base));
        } finally {
            ROOT.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    private static void round(RandomGenerator random, HttpClient client, String base)
            throws IOException, InterruptedException {
        Example example = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
        byte[] body = random.nextInt(5) == 0
                ? Fuzz.bytes(random, 3_000)
                : Fuzz.damaged(random, example.body().getBytes(UTF_8));
        var request = HttpRequest.newBuilder(URI.create(base + example.path()))
                .header("Content-Type", Fuzz.oneOf(random, TYPES))
                .header("Authorization", "Bearer any")
                .timeout(Duration.ofSeconds(60))
                .method(example.method(), HttpRequest.BodyPublishers.ofByteArray(body));
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(example.path())
                .isIn(200, 201, 202, 204, 400, 403, 404, 409, 411, 413, 415, 422, 429, 501);
        assertThat(answer.headers().firstValue("content-type").orElse("none")).isNotEqualTo("text/html");
    }
}
