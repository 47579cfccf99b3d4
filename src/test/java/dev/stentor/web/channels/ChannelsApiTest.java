package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChannelsApiTest {

    private static final String UTTERANCES = "/v1/channels/lobby/utterances";
    private static final JsonMapper JSON = new JsonMapper();

    private ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(4_800), 960);
    private TestGateway gateway = new TestGateway(engine);

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void anAcceptedUtteranceIsShownAndCanBeFoundAgain() throws Exception {
        HttpResponse<String> created = post(
                UTTERANCES,
                "{\"text\":\"Hello.\",\"voice\":\"Cherry\",\"model\":\"m\",\"language_type\":\"English\","
                        + "\"instructions\":\"calmly\",\"optimize_instructions\":true,\"speed\":0.5}");
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode shown = JSON.readTree(created.body());
        assertThat(shown.path("channel").asString()).isEqualTo("lobby");
        assertThat(shown.path("state").asString()).isIn("synthesizing", "queued");
        assertThat(shown.path("language_type").asString()).isEqualTo("English");
        assertThat(shown.path("speed").asDouble()).isEqualTo(0.5);
        String location = created.headers().firstValue("location").orElseThrow();
        assertThat(location).isEqualTo(UTTERANCES + "/" + shown.path("id").asString());
        Awaitility.await().until(() -> get(location).body().contains("\"state\":\"done\""));
        assertThat(JSON.readTree(get(location).body()).path("samples").asInt()).isEqualTo(4_800);
        assertThat(engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.instructions()).isEqualTo("calmly");
            assertThat(request.optimizeInstructions()).isTrue();
            assertThat(request.model()).isEqualTo("m");
            assertThat(request.speed()).isEqualTo(0.5);
        });
        assertThat(JSON.readTree(get("/v1/channels").body()))
                .singleElement()
                .satisfies(
                        channel -> assertThat(channel.path("name").asString()).isEqualTo("lobby"));
    }

    @Test
    void theUtterancesOfAChannelAreListedWithTheirTimesAndWithoutTheirListeners() throws Exception {
        var _ = post(UTTERANCES, "{\"text\":\"One.\"}");
        var _ = post(UTTERANCES, "{\"text\":\"Two.\"}");
        var _ = post(UTTERANCES, "{\"text\":\"Three.\"}");
        Awaitility.await().until(() -> get(UTTERANCES + "?limit=1").body().contains("\"state\":\"done\""));
        JsonNode listed = JSON.readTree(get(UTTERANCES).body()).path("utterances");
        assertThat(listed)
                .extracting(utterance -> utterance.path("text").asString())
                .containsExactly("One.", "Two.", "Three.");
        assertThat(listed).allSatisfy(utterance -> {
            assertThat(utterance.has("listeners")).isFalse();
            JsonNode times = utterance.path("times");
            assertThat(times.path("begun_ms").isIntegralNumber()).isTrue();
            assertThat(times.path("first_sound_ms").asLong())
                    .isBetween(
                            times.path("begun_ms").asLong(),
                            times.path("released_ms").asLong());
            assertThat(times.path("age_ms").asLong())
                    .isGreaterThanOrEqualTo(times.path("released_ms").asLong());
        });
        assertThat(JSON.readTree(get(UTTERANCES + "?limit=2").body()).path("utterances"))
                .extracting(utterance -> utterance.path("text").asString())
                .containsExactly("Two.", "Three.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "limit=0, InvalidField, limit",
        "limit=201, InvalidField, limit",
        "limit=1e1, InvalidField, limit",
        "limit=, InvalidField, limit",
        "limit=1&limit=2, InvalidField, limit",
        "state=done, UnknownFilter, state"
    })
    void aWrongParameterOfTheListIsAnsweredWithItsName(String query, String code, String field) throws Exception {
        var _ = post(UTTERANCES, "{\"text\":\"One.\"}");
        problem(get(UTTERANCES + "?" + query), 400, code, field);
    }

    @Test
    void aListOfNoChannelIsNotFound() throws Exception {
        problem(get("/v1/channels/nowhere/utterances"), 404, "NotFound", "channel");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                  | 400 | InvalidField     | text
            {"text":""}                         | 400 | InvalidField     | text
            {"text":"  \\n"}                    | 400 | InvalidField     | text
            {"text":null}                       | 400 | InvalidField     | text
            {"text":{}}                         | 400 | InvalidField     | text
            {"text":"a","speed":5}              | 400 | InvalidField     | speed
            {"text":"a","speed":0}              | 400 | InvalidField     | speed
            {"text":"a","speed":"fast"}         | 400 | InvalidField     | speed
            {"text":"a","pace":2}               | 400 | UnknownField     | pace
            {"text":"a","optimize_instructions":"maybe"} | 400 | InvalidField | optimize_instructions
            {"text":"a"                         | 400 | MalformedBody    |
            {"text":"a"} {"text":"b"}           | 400 | MalformedBody    |
            [1,2]                               | 400 | MalformedBody    |
            null                                | 400 | MalformedBody    |
            hello                               | 400 | MalformedBody    |
            """)
    void aWrongBodyIsAnsweredWithItsField(String body, int status, String code, @Nullable String field)
            throws Exception {
        problem(post(UTTERANCES, body), status, code, field);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void textsAndNamesHaveLimits() throws Exception {
        problem(post(UTTERANCES, "{\"text\":\"" + "a".repeat(20_001) + "\"}"), 400, "TooLong", "text");
        problem(post(UTTERANCES, "{\"text\":\"" + "a".repeat(1_000_000) + "\"}"), 400, "TooLong", "text");
        problem(post(UTTERANCES, "{\"text\":\"" + "a".repeat(2_000_000) + "\"}"), 413, "BodyTooLarge", null);
        problem(post(UTTERANCES, "{\"text\":\"a\",\"voice\":\"" + "v".repeat(201) + "\"}"), 400, "TooLong", "voice");
        assertThat(post(UTTERANCES, "{\"text\":\"" + "a".repeat(20_000) + "\"}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void anotherContentTypeOrNoneIsRefused() throws Exception {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "json", "application/"}) {
            HttpResponse<String> response = TestListener.HTTP.send(
                    HttpRequest.newBuilder(gateway.http(UTTERANCES))
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"a\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            problem(response, 415, "UnsupportedMediaType", null);
        }
        problem(
                TestListener.HTTP.send(
                        HttpRequest.newBuilder(gateway.http(UTTERANCES))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"a\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()),
                415,
                "UnsupportedMediaType",
                null);
        HttpResponse<String> empty = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(UTTERANCES))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        problem(empty, 400, "MalformedBody", null);
    }

    @Test
    void aBadChannelNameIsNamed() throws Exception {
        problem(post("/v1/channels/-x/utterances", "{\"text\":\"a\"}"), 400, "InvalidField", "channel");
        problem(post("/v1/channels/a%20b/utterances", "{\"text\":\"a\"}"), 400, "InvalidField", "channel");
        problem(get("/v1/channels/" + "a".repeat(65)), 400, "InvalidField", "channel");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        problem(get("/v1/channels/lobby"), 404, "NotFound", "channel");
        assertThat(post(UTTERANCES, "{\"text\":\"a\"}").statusCode()).isEqualTo(201);
        problem(get(UTTERANCES + "/u999"), 404, "NotFound", "id");
    }

    @Test
    void anObjectionOfTheEngineIsAnsweredAtOnce() throws Exception {
        gateway.close();
        gateway = new TestGateway(new Choosy());
        problem(post(UTTERANCES, "{\"text\":\"a\",\"voice\":\"x\"}"), 400, "InvalidParameter", "voice");
        problem(get("/v1/channels/lobby"), 404, "NotFound", "channel");
    }

    @Test
    void aFailedUtteranceSaysWhy() throws Exception {
        gateway.close();
        engine = ScriptedEngine.failingAfter(new byte[0], 2, new SpeechFailure.Unreachable("No connection."));
        gateway = new TestGateway(engine);
        String location = post(UTTERANCES, "{\"text\":\"a\"}")
                .headers()
                .firstValue("location")
                .orElseThrow();
        Awaitility.await().until(() -> get(location).body().contains("\"state\":\"failed\""));
        assertThat(get(location).body()).contains("UpstreamUnreachable", "No connection.");
    }

    @Test
    void fullQueuesAndTooManyChannelsSayWhenToComeBack() throws Exception {
        gateway.close();
        var settings = ChannelSettings.conversation().withMaxUtterances(2);
        gateway = new TestGateway(
                ScriptedEngine.of(request -> Flux.never()),
                TestGateway.Options.standard().withChannel(settings).withLimits(1, 10));
        assertThat(post(UTTERANCES, "{\"text\":\"a\"}").statusCode()).isEqualTo(201);
        assertThat(post(UTTERANCES, "{\"text\":\"b\"}").statusCode()).isEqualTo(201);
        HttpResponse<String> full = post(UTTERANCES, "{\"text\":\"c\"}");
        problem(full, 429, "QueueFull", null);
        assertThat(full.headers().firstValue("retry-after")).isPresent();
        problem(post("/v1/channels/hall/utterances", "{\"text\":\"a\"}"), 429, "TooManyChannels", null);
    }

    private static void problem(HttpResponse<String> response, int status, String code, @Nullable String field) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).isNotBlank().doesNotContain("Exception", "dev.stentor");
        if (field == null) {
            assertThat(problem.has("field")).isFalse();
        } else {
            assertThat(problem.path("field").asString()).isEqualTo(field);
        }
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** An engine that refuses every voice. */
    private static final class Choosy implements SpeechEngine {
        @Override
        public Speech speak(SpeechRequest request) {
            throw new AssertionError("was asked to speak");
        }

        @Override
        public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
            return Optional.of(new SpeechFailure.InvalidInput("voice", "There is no such voice."));
        }
    }
}
