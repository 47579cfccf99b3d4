package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.testing.Recordings;
import dev.stentor.web.TestServer;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.edge.SpoolFiles;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CustomizationApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CREATED = """
            { "output":{"preview_audio":{"data":"UklGRg==","voice":"wrong"},"voice":"qwen-tts-vc-guanyu-voice-1",
              "target_model":"qwen3-tts-vc-2026-01-22"}, "usage":{"count":1,"voice":"wrong"}, "request_id":"up", "later":[1.50] }""";

    private final CustomizationStage stage = new CustomizationStage(Map.of(
            "create", StubService.Answer.ok(CREATED),
            "delete", StubService.Answer.ok("{\"usage\":{\"count\":0},\"request_id\":\"up\"}"),
            "query", new StubService.Answer(400, "{\"code\":\"VoiceNotFound\",\"message\":\"Voice not found: x\"}")));

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void aCloningPassesWithTheGatewaysKeyAndTheAnswerComesBackAsItWas() {
        String body = cloning(wav(12));
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CREATED);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json;charset=UTF-8");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue("upstream-1");
        assertThat(stage.service.requests()).containsExactly(JSON.readTree(body));
        assertThat(stage.service.keys()).containsExactly("Bearer sk-own");
    }

    @Test
    void aNewVoiceIsKnownAtOnceAndADeletedOneNoMore() {
        assertThat(post(cloning(wav(12))).statusCode()).isEqualTo(200);
        assertThat(stage.voices.known("qwen-tts-vc-guanyu-voice-1"))
                .hasValue(new CustomVoice(
                        "qwen-tts-vc-guanyu-voice-1", Voice.Kind.CLONED, "qwen3-tts-vc-2026-01-22", "zh", null, null));
        assertThat(
                        post("{\"model\":\"qwen-voice-enrollment\",\"input\":{\"action\":\"delete\",\"voice\":\"qwen-tts-vc-guanyu-voice-1\"}}")
                                .statusCode())
                .isEqualTo(200);
        assertThat(stage.voices.known()).isEmpty();
    }

    @Test
    void anErrorOfTheServiceComesBackAsItWas() {
        HttpResponse<String> answer =
                post("{\"model\":\"qwen-voice-design\",\"input\":{\"action\":\"query\",\"voice\":\"x\"}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":\"VoiceNotFound\",\"message\":\"Voice not found: x\"}");
    }

    @Test
    void whatIsNotDocumentedIsLeftToTheService() {
        assertThat(post("{\"model\":\"qwen9-voice\",\"input\":{\"action\":\"sing\"}}")
                        .body())
                .contains("No such action.");
        assertThat(post("{\"model\":\"qwen-voice-enrollment\",\"input\":{\"action\":\"query\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(stage.service.requests()).hasSize(2);
    }

    @Test
    void aPublicAddressAndEscapedSlashesPass() {
        assertThat(post(cloning("https://example.org/a.wav")).statusCode()).isEqualTo(200);
        assertThat(post(cloning(wav(12).replace("/", "\\/"))).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            "model":"qwen-voice-enrollment"           | "other":1                            | model is required.
            "action":"create"                         | "act":"create"                       | input.action is required.
            "target_model":"qwen3-tts-vc-2026-01-22"  | "target":"x"                         | input.target_model is required.
            "target_model":"qwen3-tts-vc-2026-01-22"  | "target_model":"qwen3-tts-flash"     | input.target_model: The model qwen3-tts-flash
            "preferred_name":"guanyu"                 | "preferred_name":"guan-yu"           | input.preferred_name: 1 to 16
            "audio":                                  | "sound":                             | input.audio.data is required.
            "data":"                                  | "data":"ftp://                       | input.audio.data: A data URI
            ;base64,                                  | ,                                    | input.audio.data: A data URI
            ;base64,                                  | ;base64,*                            | input.audio.data: The data URI is not Base64.
            ;base64,                                  | ;base64,AAAA                         | neither WAV nor MP3 nor M4A
            "input":                                  | "inputs":                            | input.action is required.""")
    void aWrongRequestIsRefusedByField(String right, String wrong, String words) {
        String body = cloning(wav(12));
        assertThat(body).contains(right);
        assertRefused(post(body.replace(right, wrong)), words);
    }

    @Test
    void aWrongRecordingIsRefused() {
        assertRefused(post(cloning(wav(2))), "input.audio.data: The recording lasts 2000 ms");
        assertRefused(post(cloning(dataUri(Recordings.wav(16_000, 1, 16, 12)))), "16000 samples");
        assertRefused(post(cloning("data:audio/wav;base64,")), "input.audio.data: The recording is empty.");
        assertRefused(post(cloning(dataUri(new byte[10_000_000]))), "smaller than 10 MB");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            not JSON                                                                                   | not valid JSON
            []                                                                                         | must be a JSON object
            {"model":"qwen-voice-design","input":{"action":"list"}                                     | not valid JSON
            {"model":"qwen-voice-design","input":{"action":"create","target_model":"x","preferred_name":"n","preview_text":"p"}} | input.voice_prompt is required.
            {"model":"qwen-voice-design","input":{"action":"create","target_model":"x","preferred_name":"n","voice_prompt":"p"}} | input.preview_text is required.
            {"model":"qwen-voice-design","input":{"action":"create","target_model":"qwen3-tts-vc-2026-01-22"}} | does not speak in designed
            {"model":"qwen-voice-design","input":{"action":"list","page_size":0}}                      | input.page_size must be a number from 1
            {"model":"qwen-voice-enrollment","input":{"action":"list","page_index":-1}}                | input.page_index must be a number from 0
            {"model":"qwen-voice-design","input":{"action":"delete"}}                                  | input.voice is required.
            {"model":"voice-enrollment","input":{"action":"create_voice","target_model":"c","url":"u"}} | input.prefix is required.
            {"model":"voice-enrollment","input":{"action":"create_voice","target_model":"c","url":"u","prefix":"UP"}} | input.prefix: 1 to 10
            {"model":"voice-enrollment","input":{"action":"update_voice","voice_id":"c"}}              | input.url is required.
            {"model":"voice-enrollment","input":{"action":"query_voice"}}                              | input.voice_id is required.""")
    void eachDialectHasItsFields(String body, String words) {
        assertRefused(post(body), words);
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() {
        HttpResponse<String> answer = post("{\"model\":\"" + "m".repeat(14_000_000) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(stage.service.requests()).isEmpty();
    }

    @Test
    void aBodyOnAFullDiskIsAnswered507(@TempDir Path links) {
        try (var server = new TestServer(
                new CustomizationApi(stage.voices, SpoolFiles.onAFullDisk(links), () -> "request-1").routes())) {
            HttpResponse<String> answer = server.post(CustomizationApi.PATH, "{\"model\":\"voice-enrollment\"}");
            assertThat(answer.statusCode()).isEqualTo(507);
            assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo("InsufficientStorage");
        }
    }

    @Test
    void withoutAnAccountTheServicesOwnErrorSaysWhy() {
        var spool = new Spool(1, Duration.ofSeconds(1), Schedulers.boundedElastic(), Schedulers.parallel());
        try (var server =
                new TestServer(new CustomizationApi(CustomVoices.none(), spool, () -> "request-1").routes())) {
            HttpResponse<String> answer = server.post(CustomizationApi.PATH, "{}");
            assertThat(answer.statusCode()).isEqualTo(403);
            JsonNode error = JSON.readTree(answer.body());
            assertThat(error.path("code").asString()).isEqualTo("AccessDenied.Unpurchased");
            assertThat(error.path("message").asString()).contains("DASHSCOPE_API_KEY");
            assertThat(error.path("request_id").asString()).isEqualTo("request-1");
        }
    }

    @Test
    void theBodyMustBeJson() {
        assertThat(stage.server
                        .post(CustomizationApi.PATH, "text/plain", BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<String> post(String body) {
        return stage.server.post(CustomizationApi.PATH, body);
    }

    private void assertRefused(HttpResponse<String> answer, String words) {
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.path("message").asString()).contains(words);
        assertThat(error.path("code").asString()).isEqualTo("InvalidParameter");
        assertThat(error.path("request_id").asString()).isEqualTo("request-1");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(stage.service.requests()).isEmpty();
    }

    private static String cloning(String audio) {
        return "{\"input\":{\"action\":\"create\",\"target_model\":\"qwen3-tts-vc-2026-01-22\","
                + "\"preferred_name\":\"guanyu\",\"audio\":{\"data\":\"" + audio
                + "\"},\"language\":\"zh\"},\"model\":\"qwen-voice-enrollment\"}";
    }

    private static String wav(double seconds) {
        return dataUri(Recordings.wav(24_000, 1, 16, seconds));
    }

    private static String dataUri(byte[] sound) {
        return "data:audio/wav;base64," + Base64.getEncoder().encodeToString(sound);
    }
}
