package dev.stentor.web.openai;

import static dev.stentor.web.openai.Question.answer;
import static dev.stentor.web.openai.Question.asking;
import static dev.stentor.web.openai.Question.assertError;
import static dev.stentor.web.openai.Question.speaking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Tests of invalid requests and their answers. */
class RefusedRequestsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "``                                        | - | invalid_json | JSON object",
                "{                                         | - | invalid_json | not valid JSON",
                "[]                                        | - | invalid_json | JSON object",
                "null                                      | - | invalid_json | JSON object",
                "{}                                        | input | missing_required_parameter | input",
                "{\"input\":null}                          | input | missing_required_parameter | input",
                "{\"input\":7}                             | input | invalid_type | string",
                "{\"input\":\"\"}                          | input | InvalidParameter | no text",
                "{\"input\":\"  \"}                        | input | InvalidParameter | no text",
                "{\"input\":\"a\",\"model\":7}             | model | invalid_type | string",
                "{\"input\":\"a\",\"voice\":[\"x\"]}       | voice | invalid_type | string",
                "{\"input\":\"a\",\"voice\":{\"id\":3}}    | voice | invalid_type | string",
                "{\"input\":\"a\",\"instructions\":true}   | instructions | invalid_type | string",
                "{\"input\":\"a\",\"language\":{}}         | language | invalid_type | string",
                "{\"input\":\"a\",\"language_type\":1}     | language_type | invalid_type | string",
                "{\"input\":\"a\",\"response_format\":\"aac\"}  | response_format | unsupported_value | mp3, wav, pcm, opus",
                "{\"input\":\"a\",\"response_format\":\"ogg\"}  | response_format | unsupported_value | mp3, wav, pcm, opus, flac",
                "{\"input\":\"a\",\"response_format\":\"WAV\"}  | response_format | unsupported_value | mp3, wav, pcm, opus",
                "{\"input\":\"a\",\"response_format\":1}   | response_format | invalid_type | string",
                "{\"input\":\"a\",\"speed\":4.01}          | speed | decimal_above_max_value | 0.25 to 4",
                "{\"input\":\"a\",\"speed\":0.2}           | speed | decimal_below_min_value | 0.25 to 4",
                "{\"input\":\"a\",\"speed\":-1}            | speed | decimal_below_min_value | 0.25 to 4",
                "{\"input\":\"a\",\"speed\":1e999}         | speed | decimal_above_max_value | 0.25 to 4",
                "{\"input\":\"a\",\"speed\":\"1\"}         | speed | invalid_type | number",
                "{\"input\":\"a\",\"stream_format\":\"ws\"} | stream_format | unsupported_value | audio or sse",
            })
    void aWrongBodyIsRefusedByTheNameOfWhatIsWrong(String body, @Nullable String param, String code, String words) {
        var engine = speaking();
        assertError(answer(engine, body), 400, "invalid_request_error", param, code, words);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void theInputMayBeAsLongAsTheLimitSays() {
        var engine = speaking();
        assertThat(answer(engine, "{\"input\":\"" + "😀".repeat(600) + "\"}").statusCode())
                .isEqualTo(200);
        assertError(
                answer(engine, "{\"input\":\"" + "a".repeat(601) + "\"}"),
                400,
                "invalid_request_error",
                "input",
                "string_above_max_length",
                "601 characters long; at most 600");
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void aBodyBeyondTheLimitIsNotReadToItsEnd() {
        assertError(
                answer(speaking(), "{\"input\":\"" + "a".repeat(1_000_000) + "\"}"),
                413,
                "invalid_request_error",
                null,
                "request_too_large",
                "too large");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "nonsense", "multipart/form-data"})
    void anotherContentTypeIsRefused(String type) {
        try (var server = new SpeechServer(speaking())) {
            var request = server.request(asking("\"model\":\"m\"")).setHeader("Content-Type", type);
            assertError(
                    server.send(request.build()),
                    415,
                    "invalid_request_error",
                    null,
                    "unsupported_media_type",
                    "application/json");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void anotherMethodIsToldWhichOneIsTaken(String method) {
        try (var server = new SpeechServer(speaking())) {
            var request = server.request("{}").method(method, HttpRequest.BodyPublishers.noBody());
            HttpResponse<byte[]> answer = server.send(request.build());
            assertThat(answer.headers().allValues("allow")).containsExactly("POST");
            assertError(answer, 405, "invalid_request_error", null, "method_not_allowed", "POST");
        }
    }

    @Test
    void whatTheEngineObjectsToIsNamedAsTheClientNamedIt() {
        SpeechEngine picky = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                throw new AssertionError("It was asked first.");
            }

            @Override
            public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
                return Optional.of(new SpeechFailure.InvalidInput("language_type", "Klingon is not spoken here."));
            }
        };
        for (String member : List.of("language", "language_type")) {
            assertError(
                    answer(picky, asking("\"" + member + "\":\"Klingon\"")),
                    400,
                    "invalid_request_error",
                    member,
                    "InvalidParameter",
                    "Klingon");
        }
    }

    @Test
    void whatTheEngineFindsWrongOnlyLaterIsNamedToo() {
        var engine = ScriptedEngine.of(_ -> Flux.error(
                () -> new SpeechException(new SpeechFailure.InvalidInput("voice", "There is no voice Nobody."))));
        assertError(
                answer(engine, asking("\"voice\":\"Nobody\"")),
                400,
                "invalid_request_error",
                "voice",
                "InvalidParameter",
                "There is no voice Nobody.");
    }
}
