package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class RefusedRequestsTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Basic c2s6", "Bearer", "Bearer  ", "sk-any"})
    void anotherAuthorizationIsNoKey(String authorization) {
        try (var server = new LoopbackServer(DashScopeRequests.silent())) {
            var request = server.request(DashScopeRequests.HELLO).setHeader("Authorization", authorization);
            DashScopeRequests.assertError(
                    server.send(request.build()), 401, "InvalidApiKey", "Invalid API-key provided.");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Authorization, 401, InvalidApiKey, No API-key provided.",
        "Content-Type, 415, InvalidParameter, application/json",
    })
    void everyHeaderThatIsMissingIsAskedForBeforeTheBodyIsLookedAt(
            String header, int status, String code, String words) {
        try (var server = new LoopbackServer(DashScopeRequests.silent())) {
            var whole = server.request("{").build();
            var request = HttpRequest.newBuilder(whole, (name, _) -> !name.equalsIgnoreCase(header))
                    .build();
            DashScopeRequests.assertError(server.send(request), status, code, words);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "nonsense", "application/jsonp"})
    void anotherContentTypeIsRefused(String type) {
        try (var server = new LoopbackServer(DashScopeRequests.silent())) {
            var request = server.request(DashScopeRequests.HELLO).setHeader("Content-Type", type);
            DashScopeRequests.assertError(server.send(request.build()), 415, "InvalidParameter", "application/json");
        }
    }

    @Test
    void aCharsetBesideTheContentTypeIsFine() {
        try (var server = new LoopbackServer(DashScopeRequests.silent())) {
            var request = server.request(DashScopeRequests.HELLO)
                    .setHeader("Content-Type", "application/json; charset=utf-8");
            assertThat(server.send(request.build()).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"disable", "false"})
    void withoutAnArchiveAWholeAnswerIsRefusedAndSaysWhatToDo(String value) {
        try (var server = new LoopbackServer(DashScopeRequests.silent())) {
            var request = server.request(DashScopeRequests.HELLO).setHeader("X-DashScope-SSE", value);
            DashScopeRequests.assertError(
                    server.send(request.build()), 400, "InvalidParameter", "X-DashScope-SSE: enable");
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
        DashScopeRequests.assertError(
                DashScopeRequests.answer(DashScopeRequests.silent(), body), 400, "InvalidParameter", words);
    }

    @Test
    void sixHundredCharactersAreSpokenAndOneMoreIsNot() {
        var engine = DashScopeRequests.silent();
        assertThat(DashScopeRequests.answer(engine, DashScopeRequests.saying("😀".repeat(600)))
                        .statusCode())
                .isEqualTo(200);
        DashScopeRequests.assertError(
                DashScopeRequests.answer(engine, DashScopeRequests.saying("a".repeat(601))),
                400,
                "InvalidParameter",
                "Range of input length should be [1, 600]");
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void aBodyBeyondTheLimitIsNotReadToItsEnd() {
        var engine = DashScopeRequests.silent();
        DashScopeRequests.assertError(
                DashScopeRequests.answer(engine, DashScopeRequests.saying("a".repeat(1_000_000))),
                413,
                "BadRequest.TooLarge",
                "too large");
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        DashScopeRequests.assertError(
                DashScopeRequests.answer(DashScopeRequests.silent(), "[".repeat(20_000)),
                400,
                "InvalidParameter",
                "JSON");
    }

    @Test
    void anUnknownVoiceIsRefusedByItsField() {
        Function<SpeechRequest, Flux<ByteBuffer>> script = _ -> Flux.error(
                () -> new SpeechException(new SpeechFailure.InvalidInput("voice", "There is no voice Nobody.")));
        DashScopeRequests.assertError(
                DashScopeRequests.answer(ScriptedEngine.of(script), DashScopeRequests.HELLO),
                400,
                "InvalidParameter",
                "voice: There is no voice Nobody.");
    }
}
