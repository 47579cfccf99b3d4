package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.access.NewKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the shape of errors on a whole gateway with keys and no account: it is that of the API of the path, also where nothing is. */
class ErrorShapesIT {

    private static final String SPEECH = "/v1/audio/speech";
    private static final String DASHSCOPE = "/api/v1/services/aigc/multimodal-generation/generation";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final NewKey KEY = NewKey.named("all");
    private static final NewKey LISTENER = NewKey.named("listener");

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        gateway = WholeGateway.start(
                folder,
                "--gateway.engine=local",
                "--gateway.access.keys[0]=" + KEY.line().replaceAll(" listen=.*", " listen=* speak=* manage=*"),
                "--gateway.access.keys[1]=" + LISTENER.line().replaceAll(" listen=.*", " listen=*"));
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /v1/models/nothing, 404, model_not_found",
        "GET, /v1/models/a/b, 404, model_not_found",
        "DELETE, /v1/models/nothing, 405, method_not_allowed",
        "POST, /v1/models, 405, method_not_allowed",
        "GET, /v1/models?colour=red, 400, unknown_filter",
        "GET, /v1/audio/nothing, 404, not_found",
        "POST, /v1/audio/voices, 405, method_not_allowed",
        "POST, /v1/audio/transcriptions, 404, not_found",
        "POST, /v1/chat/completions, 404, not_found",
        "POST, /v1/responses, 404, not_found",
        "GET, /v1/audio/speech, 405, method_not_allowed",
        "POST, /v1/audio/speech, 415, unsupported_media_type",
    })
    void anAddressOfOpenAisApiAnswersInItsShape(String method, String path, int status, String code) throws Exception {
        assertOpenAi(send(method, path, "", KEY.key()), status, code);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /api/v1/nothing, 404, NotFound",
        "POST, /api/v1/services/audio/tts/SpeechSynthesizer, 404, NotFound",
        "GET, /api/v1/services/aigc/multimodal-generation/generation, 405, MethodNotAllowed",
        "GET, /api/v1/services/audio/tts/customization, 405, MethodNotAllowed",
        "GET, /api/v1/tasks/1, 404, NotFound",
        "POST, /api/v1/services/aigc/multimodal-generation/generation, 415, InvalidParameter",
    })
    void anAddressOfTheServiceAnswersInItsShape(String method, String path, int status, String code) throws Exception {
        assertDashScope(send(method, path, "", KEY.key()), status, code);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /v1/nothing, 404, NotFound",
        "GET, /v1/modelsandmore, 404, NotFound",
        "GET, /v1/audiobooks, 404, NotFound",
        "GET, /nothing, 404, NotFound",
        "GET, /v1/audio/a.wav?Expires=1&Signature=x, 403, InvalidSignature",
        "GET, /v1/channels/nowhere/listeners, 404, NotFound",
        "POST, /v1/tickets, 415, UnsupportedMediaType",
    })
    void everyOtherAddressAnswersWithProblemDetails(String method, String path, int status, String code)
            throws Exception {
        assertProblem(send(method, path, "", KEY.key()), status, code);
    }

    @Test
    void callersWithoutARightAreRefusedInTheSameShapes() throws Exception {
        assertOpenAi(send("GET", "/v1/models", "", ""), 401, "invalid_api_key");
        assertOpenAi(send("GET", "/v1/audio/voices", "", "sk-wrong"), 401, "invalid_api_key");
        assertOpenAi(send("POST", SPEECH, "{}", LISTENER.key()), 403, "insufficient_permissions");
        assertOpenAi(send("POST", "/v1/chat/completions", "{}", LISTENER.key()), 403, "insufficient_permissions");
        assertDashScope(send("POST", DASHSCOPE, "{}", ""), 401, "InvalidApiKey");
        assertDashScope(send("POST", DASHSCOPE, "{}", LISTENER.key()), 403, "AccessDenied");
        assertProblem(send("GET", "/v1/channels", "", ""), 401, "Unauthenticated");
        assertProblem(send("GET", "/v1/channels", "", LISTENER.key()), 403, "Forbidden");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedInTheSameShapes() throws Exception {
        String huge = "{\"input\":\"" + "a".repeat(15_000_000) + "\"}";
        assertOpenAi(send("POST", SPEECH, huge, KEY.key()), 413, null);
        assertDashScope(send("POST", DASHSCOPE, huge, KEY.key()), 413, null);
        assertProblem(send("POST", "/v1/channels/lobby/utterances", huge, KEY.key()), 413, "BodyTooLarge");
    }

    @Test
    void whoNeedsAnAccountIsToldSoInsteadOfThatSomethingIsMissing() throws Exception {
        String code = "AccessDenied.Unpurchased";
        String voice = "qwen-tts-vc-bob-voice-20250812105009984-838b";
        String customization = "/api/v1/services/audio/tts/customization";
        String list = "{\"model\":\"qwen-voice-enrollment\",\"input\":{\"action\":\"list\"}}";
        assertThat(assertDashScope(send("POST", customization, list, KEY.key()), 403, code)
                        .path("message")
                        .asString())
                .contains("no account", "DASHSCOPE_API_KEY");
        String spoken = "{\"input\":\"Hello.\",\"voice\":\"" + voice + "\"}";
        assertThat(assertOpenAi(send("POST", SPEECH, spoken, KEY.key()), 400, code)
                        .path("error")
                        .path("param")
                        .asString())
                .isEqualTo("voice");
        String designed = "{\"input\":\"Hello.\",\"model\":\"qwen3-tts-vd-2026-01-26\"}";
        assertThat(assertOpenAi(send("POST", SPEECH, designed, KEY.key()), 400, code)
                        .path("error")
                        .path("param")
                        .asString())
                .isEqualTo("model");
        assertDashScope(
                send(
                        "POST",
                        DASHSCOPE,
                        "{\"model\":\"qwen3-tts-vc-2026-01-22\",\"input\":{\"text\":\"Hello.\",\"voice\":\"" + voice
                                + "\"}}",
                        KEY.key()),
                400,
                code);
        String said = "{\"text\":\"Hello.\",\"voice\":\"" + voice + "\"}";
        assertProblem(send("POST", "/v1/channels/lobby/utterances", said, KEY.key()), 400, code);
        assertProblem(send("POST", "/v1/voices", "{\"kind\":\"designed\"}", KEY.key()), 501, "NoVoiceStudio");
    }

    @Test
    @Timeout(30)
    void theOfficialClassesForItsWebSocketsEndWithWordsThatSayWhatToDo() throws Exception {
        var sockets = new OfficialSockets("ws://127.0.0.1:" + WholeGateway.port(gateway) + "/api-ws/v1/", KEY.key());
        assertThat(sockets.speak().take())
                .hasMessageContaining("no WebSocket API of the service: call MultiModalConversation");
        BlockingQueue<String> events = sockets.speakInRealtime();
        assertThat(events.take()).contains("\"error\"", "no WebSocket API of the service");
        assertThat(events.take()).startsWith("1007 This gateway has no WebSocket API");
    }

    @CanIgnoreReturnValue
    private static JsonNode assertOpenAi(HttpResponse<String> answer, int status, @Nullable String code) {
        JsonNode body = read(answer, status, "application/json");
        assertThat(body.propertyNames()).containsExactly("error");
        assertThat(body.path("error").propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(body.path("error").path("message").asString()).isNotEmpty();
        assertThat(body.path("error").path("type").asString())
                .isEqualTo(
                        switch (status) {
                            case 401 -> "authentication_error";
                            case 403 -> "permission_error";
                            default -> "invalid_request_error";
                        });
        return withCode(body, body.path("error"), code);
    }

    @CanIgnoreReturnValue
    private static JsonNode assertDashScope(HttpResponse<String> answer, int status, @Nullable String code) {
        JsonNode body = read(answer, status, "application/json");
        assertThat(body.propertyNames()).containsExactly("code", "message", "request_id");
        assertThat(body.path("message").asString()).isNotEmpty();
        return withCode(body, body, code);
    }

    @CanIgnoreReturnValue
    private static JsonNode assertProblem(HttpResponse<String> answer, int status, @Nullable String code) {
        JsonNode body = read(answer, status, "application/problem+json");
        assertThat(body.propertyNames()).contains("type", "title", "status", "detail", "code");
        return withCode(body, body, code);
    }

    private static JsonNode withCode(JsonNode body, JsonNode error, @Nullable String code) {
        if (code != null) {
            assertThat(error.path("code").asString()).isEqualTo(code);
        }
        return body;
    }

    private static JsonNode read(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(type);
        if (status == 405) {
            assertThat(answer.headers().firstValue("allow").orElse("")).isNotEmpty();
        }
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(String method, String path, String body, String key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + WholeGateway.port(gateway) + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
