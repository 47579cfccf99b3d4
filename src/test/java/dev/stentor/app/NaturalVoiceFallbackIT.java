package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway beside which the files of the natural voice lie, but not as they were published. */
class NaturalVoiceFallbackIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theEmbeddedVoiceSpeaksAndTheReasonIsTold(@TempDir Path folder) throws Exception {
        Path voices = Files.createDirectory(folder.resolve("voices"));
        Files.writeString(voices.resolve("vocab.json"), "{}");
        try (ConfigurableApplicationContext gateway = WholeGateway.start(
                folder, "--gateway.engine=local", "--gateway.natural.use=auto", "--gateway.natural.folder=" + voices)) {
            String at = "http://127.0.0.1:" + WholeGateway.port(gateway);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> get(at + "/readyz").statusCode() == 200);
            JsonNode engine = json(at + "/v1/models").path("engine");
            assertThat(engine.path("speakers").path(0).asString()).isEqualTo("embedded");
            assertThat(engine.path("loading").asBoolean()).isFalse();
            assertThat(engine.path("notice").asString()).contains("vocab.json", "SHA-256", "own-files");
            String management = "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.management.port");
            JsonNode health = json(management + "/actuator/health/upstreams");
            assertThat(health.path("status").asString()).isEqualTo("UP");
            assertThat(health.path("components")
                            .path("speech")
                            .path("details")
                            .path("natural")
                            .asString())
                    .startsWith("It does not speak.")
                    .contains("vocab.json");
            HttpResponse<String> spoken = client.send(
                    HttpRequest.newBuilder(URI.create(at + "/v1/audio/speech"))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"model\": \"tts-1\", \"input\": \"Hello.\", \"response_format\": \"pcm\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(spoken.statusCode()).isEqualTo(200);
        }
    }

    private JsonNode json(String address) throws Exception {
        return new JsonMapper().readTree(get(address).body());
    }

    private HttpResponse<String> get(String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
