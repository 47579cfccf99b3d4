package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashScopeApiTest {

    private static final String HELLO =
            "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"Hello 世界\",\"voice\":\"Cherry\"}}";

    private static final SpeechFailure CUT =
            new SpeechFailure.FailedInStream(429, "Throttling.RateQuota", "Too fast.", "upstream-7", 2);

    @Test
    void framesAreByteForByteThoseOfTheService() {
        var scheduler = VirtualTimeScheduler.create();
        scheduler.advanceTimeBy(Duration.ofSeconds(1_000_000));
        var engine = ScriptedEngine.speaking(new byte[] {1, 2, 3, 4, 5, 6}, 4);
        try (var server = new LoopbackServer(engine, DashScopeLimits.DEFAULT, scheduler)) {
            HttpResponse<String> answer = server.post(HELLO);
            assertThat(answer.body()).isEqualTo("""
                            id:1
                            event:result
                            :HTTP_STATUS/200
                            data:{"output":{"audio":{"data":"AQIDBA==","expires_at":1086400,"id":"audio_request-1","url":""},"finish_reason":"null"},"usage":{"characters":10},"request_id":"request-1"}

                            id:2
                            event:result
                            :HTTP_STATUS/200
                            data:{"output":{"audio":{"data":"BQY=","expires_at":1086400,"id":"audio_request-1","url":""},"finish_reason":"null"},"usage":{"characters":10},"request_id":"request-1"}

                            id:3
                            event:result
                            :HTTP_STATUS/200
                            data:{"output":{"audio":{"data":"","expires_at":1086400,"id":"audio_request-1","url":""},"finish_reason":"stop"},"usage":{"characters":10},"request_id":"request-1"}

                            """);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("content-type")).containsExactly("text/event-stream;charset=UTF-8");
            assertThat(answer.headers().allValues("x-request-id")).containsExactly("request-1");
        }
    }

    @Test
    void aFailureAfterTheFirstSoundIsTheLastFrame() {
        try (var server = new LoopbackServer(ScriptedEngine.failingAfter(new byte[] {1, 2, 3, 4}, 4, CUT))) {
            HttpResponse<String> answer = server.post(HELLO);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("id:1\nevent:result\n").endsWith("""
                            id:2
                            event:error
                            :HTTP_STATUS/429
                            status:429
                            data:{"code":"Throttling.RateQuota","message":"Too fast.","request_id":"request-1"}

                            """);
        }
    }

    @Test
    void aFailureBeforeTheFirstSoundIsAnHttpStatus() {
        var failure = new SpeechFailure.Throttled("Throttling.RateQuota", "Too fast.", Duration.ofMillis(1_200));
        HttpResponse<String> answer = answer(ScriptedEngine.failingAfter(new byte[0], 4, failure), HELLO);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
        assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
        assertThat(answer.headers().allValues("x-request-id")).containsExactly("request-1");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":\"Throttling.RateQuota\",\"message\":\"Too fast.\",\"request_id\":\"request-1\"}");
    }

    @Test
    void anEngineThatThrowsIsAnInternalErrorThatTellsNothing() {
        SpeechEngine broken = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                throw new IllegalStateException("secret detail");
            }
        };
        HttpResponse<String> answer = answer(broken, HELLO);
        assertError(answer, 500, "InternalError", "internal error");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void anUnexpectedErrorAfterTheFirstSoundTellsNothingEither() {
        var engine = ScriptedEngine.of(_ -> Flux.fromIterable(Signals.chunks(new byte[] {1, 2}, 2))
                .concatWith(Flux.error(new IllegalStateException("secret detail"))));
        assertThat(answer(engine, HELLO).body())
                .contains("event:error\n:HTTP_STATUS/500\nstatus:500\ndata:{\"code\":\"InternalError\"")
                .doesNotContain("secret");
    }

    @Test
    void whatTheOfficialClientsAddIsIgnored() {
        var engine = silent();
        String request = """
                {"model":"m","input":{"messages":[],"text":"Hi","voice":"Cherry","unknown":{"a":[1]}},
                 "parameters":{"enable_search":false,"stream":true,"sample_rate":48000},"future":null}""";
        assertThat(answer(engine, request).statusCode()).isEqualTo(200);
        assertThat(engine.requests()).containsExactly(new SpeechRequest("Hi", "m", "Cherry", null, null, null));
    }

    @Test
    void anyBearerTokenIsGoodAndGoesNowhere() {
        var engine = silent();
        try (var server = new LoopbackServer(engine)) {
            var request = server.request(HELLO).setHeader("Authorization", "bearer sk-not-ours");
            HttpResponse<String> answer = server.send(request.build());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("sk-not-ours");
            assertThat(engine.requests().toString()).doesNotContain("sk-not-ours");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Basic c2s6", "Bearer", "Bearer  ", "sk-any"})
    void anotherAuthorizationIsNoKey(String authorization) {
        try (var server = new LoopbackServer(silent())) {
            var request = server.request(HELLO).setHeader("Authorization", authorization);
            assertError(server.send(request.build()), 401, "InvalidApiKey", "Invalid API-key provided.");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Authorization, 401, InvalidApiKey, No API-key provided.",
        "Content-Type, 415, InvalidParameter, application/json",
    })
    void everyHeaderThatIsMissingIsAskedForBeforeTheBodyIsLookedAt(
            String header, int status, String code, String words) {
        try (var server = new LoopbackServer(silent())) {
            var whole = server.request("{").build();
            var request = HttpRequest.newBuilder(whole, (name, _) -> !name.equalsIgnoreCase(header))
                    .build();
            assertError(server.send(request), status, code, words);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "nonsense", "application/jsonp"})
    void anotherContentTypeIsRefused(String type) {
        try (var server = new LoopbackServer(silent())) {
            var request = server.request(HELLO).setHeader("Content-Type", type);
            assertError(server.send(request.build()), 415, "InvalidParameter", "application/json");
        }
    }

    @Test
    void aCharsetBesideTheContentTypeIsFine() {
        try (var server = new LoopbackServer(silent())) {
            var request = server.request(HELLO).setHeader("Content-Type", "application/json; charset=utf-8");
            assertThat(server.send(request.build()).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"disable", "false"})
    void withoutAnArchiveAWholeAnswerIsRefusedAndSaysWhatToDo(String value) {
        try (var server = new LoopbackServer(silent())) {
            var request = server.request(HELLO).setHeader("X-DashScope-SSE", value);
            assertError(server.send(request.build()), 400, "InvalidParameter", "X-DashScope-SSE: enable");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | JSON",
                "{                                         | not valid JSON",
                "{\"model\":\"m\"} x                       | not valid JSON",
                "[]                                        | JSON object",
                "\"text\"                                  | JSON object",
                "{}                                        | model is required",
                "{\"model\":null}                          | model is required",
                "{\"model\":\"\"}                          | model is required",
                "{\"model\":7}                             | model must be a string",
                "{\"model\":\"m\"}                         | input.text is required",
                "{\"model\":\"m\",\"input\":\"x\"}         | input must be a JSON object",
                "{\"model\":\"m\",\"parameters\":[]}       | parameters must be a JSON object",
                "{\"model\":\"m\",\"input\":{}}            | input.text is required",
                "{\"model\":\"m\",\"input\":{\"text\":5}}  | input.text must be a string",
                "{\"model\":\"m\",\"input\":{\"text\":\"\"}} | Range of input length should be [1, 600]",
                "{\"model\":\"m\",\"input\":{\"text\":\"  \"}} | text",
                "{\"model\":\"m\",\"input\":{\"text\":\"a\",\"voice\":[]}} | input.voice must be a string",
                "{\"model\":\"m\",\"input\":{\"text\":\"a\"},\"parameters\":{\"voice\":1}} | parameters.voice must be",
                "{\"model\":\"m\",\"input\":{\"text\":\"a\",\"language_type\":{}}} | input.language_type must be",
                "{\"model\":\"m\",\"input\":{\"text\":\"a\",\"instructions\":true}} | input.instructions must be",
                "{\"model\":\"m\",\"input\":{\"text\":\"a\",\"optimize_instructions\":\"yes\"}} | true or false",
            })
    void aWrongBodyIsRefusedByTheNameOfWhatIsWrong(String body, String words) {
        assertError(answer(silent(), body), 400, "InvalidParameter", words);
    }

    @Test
    void sixHundredCharactersAreSpokenAndOneMoreIsNot() {
        var engine = silent();
        assertThat(answer(engine, saying("😀".repeat(600))).statusCode()).isEqualTo(200);
        assertError(
                answer(engine, saying("a".repeat(601))),
                400,
                "InvalidParameter",
                "Range of input length should be [1, 600]");
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void aBodyBeyondTheLimitIsNotReadToItsEnd() {
        var engine = silent();
        assertError(answer(engine, saying("a".repeat(1_000_000))), 413, "BadRequest.TooLarge", "too large");
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void aConnectionIsGoodForTheNextRequestWhateverCameOfTheLast() {
        var engine = ScriptedEngine.failingAfter(new byte[] {1, 2}, 2, CUT);
        try (var server = new LoopbackServer(engine)) {
            for (int i = 0; i < 5; i++) {
                assertError(server.post("{"), 400, "InvalidParameter", "JSON");
                assertThat(server.post(HELLO).body()).contains("event:result", "event:error");
                assertError(server.post(saying("a".repeat(1_000_000))), 413, "BadRequest.TooLarge", "too large");
            }
        }
        assertThat(engine.requests()).hasSize(5);
        assertThat(engine.cancellations()).isZero();
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        assertError(answer(silent(), "[".repeat(20_000)), 400, "InvalidParameter", "JSON");
    }

    @Test
    void anUnknownVoiceIsRefusedByItsField() {
        Function<SpeechRequest, Flux<ByteBuffer>> script = _ -> Flux.error(
                () -> new SpeechException(new SpeechFailure.InvalidInput("voice", "There is no voice Nobody.")));
        assertError(
                answer(ScriptedEngine.of(script), HELLO), 400, "InvalidParameter", "voice: There is no voice Nobody.");
    }

    private static ScriptedEngine silent() {
        return ScriptedEngine.speaking(new byte[0], 2);
    }

    private static String saying(String text) {
        return "{\"model\":\"m\",\"input\":{\"text\":\"" + text + "\"}}";
    }

    private static HttpResponse<String> answer(SpeechEngine engine, String body) {
        try (var server = new LoopbackServer(engine)) {
            return server.post(body);
        }
    }

    private static void assertError(HttpResponse<String> answer, int status, String code, String words) {
        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(error.propertyNames()).containsExactly("code", "message", "request_id");
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).contains(words);
        assertThat(error.path("request_id").stringValue()).isEqualTo(LoopbackServer.REQUEST_ID);
    }
}
