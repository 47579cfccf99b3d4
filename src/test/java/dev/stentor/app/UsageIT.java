package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.NewKey;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of quotas and usage through HTTP: a whole gateway with several keys, before a service that is played. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GENERATION = "/api/v1/services/aigc/multimodal-generation/generation";
    private static final Map<String, String> KEYS = Map.of(
            "studio", "speak=* listen=*",
            "stage", "speak=* listen=*",
            "poor", "speak=* listen=* characters-per-day=10",
            "lonely", "listen=* listeners=1",
            "builder", "manage=* channels=1 uploads=1",
            "boss", "manage=*");

    private final Map<String, String> secrets = new TreeMap<>();
    private ScriptedServer cloud;
    private ConfigurableApplicationContext gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cloud = ScriptedServer.answering(CloudAnswer.of(Signals.selfIndexing(4_800)));
        List<String> arguments = new ArrayList<>();
        KEYS.forEach((name, rights) -> {
            NewKey key = NewKey.named(name);
            secrets.put(name, key.key());
            arguments.add("--gateway.access.keys[" + arguments.size() + "]="
                    + key.line().replaceAll(" listen=.*", " " + rights));
        });
        gateway = WholeGateway.startBefore(
                cloud.baseUrl().toString(), "sk-usage", folder, arguments.toArray(String[]::new));
    }

    @AfterAll
    void end() throws Exception {
        gateway.close();
        cloud.close();
    }

    @Test
    void aKeySeesWhatItUsedAndWhoManagesSeesAll() throws Exception {
        var spoken = post("/v1/audio/speech", "studio", openAi("Good morning."));
        assertThat(spoken.statusCode()).isEqualTo(200);
        assertThat(spoken.headers().firstValue("X-Characters")).contains("13");
        assertThat(post("/v1/audio/speech", "stage", openAi("Good morning.")).statusCode())
                .as("it is played from the recording")
                .isEqualTo(200);
        assertThat(post("/v1/audio/speech", "stage", openAi("Good night.")).statusCode())
                .isEqualTo(200);

        JsonNode studio = usage("studio", "").path("usage");
        assertThat(studio).hasSize(1);
        JsonNode row = studio.get(0);
        assertThat(row.path("key").asString()).isEqualTo("studio");
        assertThat(row.path("model").asString()).isEqualTo("qwen3-tts-flash");
        assertThat(row.path("upstream").asString()).isEqualTo("dashscope");
        assertThat(row.path("day").asString())
                .isIn(
                        LocalDate.now(ZoneOffset.UTC).toString(),
                        LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
        assertThat(row.path("characters").toString()).isEqualTo("{\"paid\":13,\"shared\":0,\"unheard\":0}");

        JsonNode stage = usage("boss", "?key=stage");
        assertThat(stage.path("total").toString()).isEqualTo("{\"paid\":11,\"shared\":13,\"unheard\":0}");
        assertThat(usage("boss", "?key=stage&upstream=archive").path("total").toString())
                .isEqualTo("{\"paid\":0,\"shared\":13,\"unheard\":0}");
        assertThat(usage("boss", "").path("usage").toString()).contains("\"studio\"", "\"stage\"");
        assertThat(get("/v1/usage?key=stage", "studio").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from",
        "to=2026-02-30, to",
        "from=2026-03-02&to=2026-03-01, from",
        "day=2026-03-01, day",
        "key=, key"
    })
    void aQuestionThatIsWrongIsAnsweredWithTheFieldThatIs(String query, String field) throws Exception {
        var answer = get("/v1/usage?" + query, "boss");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("field").asString()).isEqualTo(field);
    }

    @Test
    void whoHasNoCharactersLeftIsToldSoInTheFormOfEachApi() throws Exception {
        var openAi = post("/v1/audio/speech", "poor", openAi("More than ten characters."));
        assertThat(openAi.statusCode()).isEqualTo(429);
        assertThat(openAi.body()).contains("\"code\":\"insufficient_quota\"", "at 20");
        assertThat(openAi.headers().firstValue("Retry-After")).isPresent();
        assertThat(openAi.headers().firstValue("X-Characters")).isEmpty();

        var dashScope = post(
                GENERATION,
                "poor",
                "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"More than ten characters.\",\"voice\":\"Cherry\"}}");
        assertThat(dashScope.statusCode()).isEqualTo(429);
        assertThat(dashScope.body()).contains("Throttling.AllocationQuota");
        assertThat(dashScope.headers().firstValue("Retry-After")).isPresent();

        var utterance = post("/v1/channels/hall/utterances", "poor", "{\"text\":\"More than ten characters.\"}");
        assertThat(utterance.statusCode()).isEqualTo(429);
        assertThat(utterance.body()).contains("CharacterQuotaExceeded", "\"reset_at\":\"20");
        assertThat(utterance.headers().firstValue("Retry-After")).isPresent();

        var preview = get("/v1/voices/Cherry/preview", "poor");
        assertThat(preview.statusCode()).isEqualTo(429);
        assertThat(preview.body()).contains("CharacterQuotaExceeded");

        try (var listener = ear("lobby", "poor")) {
            listener.say("{\"t\":\"hello\",\"v\":1,\"formats\":[\"pcm_s16le/24000/1\"]}");
            listener.say("{\"t\":\"say\",\"ref\":\"a\",\"text\":\"More than ten characters.\"}");
            assertThat(listener.heard("error")).contains("character_quota_exceeded");
        }
        assertThat(usage("poor", "").path("today").path("reserved").asInt()).isZero();
        assertThat(usage("poor", "").path("today").path("characters_per_day").asInt())
                .isEqualTo(10);
    }

    @Test
    void healthTellsThatUsageIsWrittenDown() throws Exception {
        int management = gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        URI health = URI.create("http://127.0.0.1:" + management + "/actuator/health/usage");
        var answer = HTTP.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"journal\":\"works\"");
    }

    @Test
    void anUtteranceCostsItsCharactersAndTheAnswerSaysHowMany() throws Exception {
        var utterance = post("/v1/channels/empty/utterances", "studio", "{\"text\":\"Nobody is here.\"}");
        assertThat(utterance.statusCode()).isEqualTo(201);
        assertThat(utterance.headers().firstValue("X-Characters")).contains("15");
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(usage("studio", "")
                                .path("total")
                                .path("unheard")
                                .asInt())
                        .isEqualTo(15));
    }

    @Test
    void oneListenerTooManyIsClosedWithACodeAndThereIsRoomAgainWhenOneHasLeft() throws Exception {
        try (var first = ear("lobby", "lonely")) {
            first.say("{\"t\":\"hello\",\"v\":1,\"formats\":[\"pcm_s16le/24000/1\"]}");
            assertThat(first.heard("welcome")).isNotEmpty();
            try (var second = ear("lobby", "lonely")) {
                assertThat(second.closed.get(60, TimeUnit.SECONDS)).isEqualTo(4429);
            }
            var wav = get("/v1/channels/lobby/audio.wav", "lonely");
            assertThat(wav.statusCode()).isEqualTo(429);
            assertThat(wav.body()).contains("ListenerQuotaExceeded");
            assertThat(wav.headers().firstValue("Retry-After")).contains("10");
        }
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
            try (var third = ear("lobby", "lonely")) {
                third.say("{\"t\":\"hello\",\"v\":1,\"formats\":[\"pcm_s16le/24000/1\"]}");
                return !third.heard("welcome").isEmpty();
            }
        });
    }

    @Test
    void oneChannelTooManyIsRefusedUntilAnotherIsRemoved() throws Exception {
        assertThat(send("PUT", "/v1/channels/one", "builder", "").statusCode()).isEqualTo(201);
        assertThat(send("PUT", "/v1/channels/one", "builder", "").statusCode()).isEqualTo(200);
        var refused = send("PUT", "/v1/channels/two", "builder", "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("ChannelQuotaExceeded");
        assertThat(send("PUT", "/v1/channels/three", "boss", "").statusCode()).isEqualTo(201);
        assertThat(send("DELETE", "/v1/channels/one", "builder", null).statusCode())
                .isEqualTo(204);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> send("PUT", "/v1/channels/two", "builder", "").statusCode() == 201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sounds/bell", "/v1/voices", "/api/v1/services/audio/tts/customization"})
    void oneUploadTooManyIsRefused(String second) throws Exception {
        String method = second.startsWith("/v1/sounds") ? "PUT" : "POST";
        try (var _ = HeldUpload.begin(WholeGateway.port(gateway), Objects.requireNonNull(secrets.get("builder")))) {
            var refused = send(method, second, "builder", "{}");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body())
                    .contains(second.startsWith("/api") ? "Throttling.AllocationQuota" : "UploadQuotaExceeded");
            assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        }
    }

    private Ear ear(String channel, String key) throws Exception {
        return new Ear(WholeGateway.port(gateway), channel, Objects.requireNonNull(secrets.get(key)));
    }

    private static String openAi(String text) {
        return "{\"model\":\"qwen3-tts-flash\",\"input\":\"" + text
                + "\",\"voice\":\"Cherry\",\"response_format\":\"pcm\"}";
    }

    private JsonNode usage(String key, String query) throws Exception {
        var answer = get("/v1/usage" + query, key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return send("GET", path, key, null);
    }

    private HttpResponse<String> post(String path, String key, String json) throws Exception {
        return send("POST", path, key, json);
    }

    private HttpResponse<String> send(String method, String path, String key, @Nullable String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + WholeGateway.port(gateway) + path))
                .header("Authorization", "Bearer " + secrets.get(key));
        if (json != null && !json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(
                request.method(
                                method,
                                json == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
