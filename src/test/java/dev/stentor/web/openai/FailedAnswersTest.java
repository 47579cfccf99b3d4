package dev.stentor.web.openai;

import static dev.stentor.web.openai.Question.SOUND;
import static dev.stentor.web.openai.Question.answer;
import static dev.stentor.web.openai.Question.asking;
import static dev.stentor.web.openai.Question.assertError;
import static dev.stentor.web.openai.SpeechServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.BoundedEngine;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.testing.ScriptedEngine;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of failures before and after the first sound, as a client sees them. */
class FailedAnswersTest {

    private static final SpeechFailure CUT =
            new SpeechFailure.FailedInStream(429, "Throttling.RateQuota", "Too fast.", "upstream-7", 2);

    @Test
    void aFailureBehindSoundIsTheLastEvent() {
        var engine = ScriptedEngine.failingAfter(new byte[] {1, 2, 3, 4}, 4, CUT);
        assertThat(text(answer(engine, asking("\"response_format\":\"pcm\",\"stream_format\":\"sse\""))))
                .isEqualTo("""
                data: {"type":"speech.audio.delta","audio":"AQIDBA=="}

                data: {"type":"error","error":{"message":"Too fast.","type":"rate_limit_error","param":null,"code":"Throttling.RateQuota"}}

                """);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pcm", "opus"})
    void aFailureBehindSoundCutsABodyOfSound(String format) {
        var engine = ScriptedEngine.failingAfter(SOUND, 960, CUT);
        try (var server = new SpeechServer(engine)) {
            String body = asking("\"response_format\":\"" + format + "\"");
            assertThatThrownBy(() -> server.post(body)).hasCauseInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wav", "flac", "mp3"})
    void aFailureBehindSoundThatIsStillHeldIsAStatus(String format) {
        HttpResponse<byte[]> answer =
                answer(ScriptedEngine.failingAfter(SOUND, 960, CUT), asking("\"response_format\":\"" + format + "\""));
        assertError(answer, 429, "rate_limit_error", null, "Throttling.RateQuota", "Too fast.");
        assertThat(answer.headers().allValues("content-length")).hasSizeLessThan(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wav", "flac", "mp3"})
    void aFailureBehindSoundThatWasSentCutsTheBody(String format) {
        byte[] beyond = new byte[SpeechServer.LIMITS.heldBytes() + 50_000];
        var engine = ScriptedEngine.failingAfter(beyond, 9_600, CUT);
        try (var server = new SpeechServer(engine)) {
            String body = asking("\"response_format\":\"" + format + "\"");
            assertThatThrownBy(() -> server.post(body)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void allSoundBeforeTheFailureArrivesAndNoEndDoes() throws IOException {
        var engine = ScriptedEngine.failingAfter(new byte[] {'a', 'b', 'c', 'd'}, 2, CUT);
        try (var server = new SpeechServer(engine);
                var caller = new Caller(server.port(), "HTTP/1.1", asking("\"response_format\":\"pcm\""))) {
            assertThat(caller.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n2\r\nab\r\n2\r\ncd\r\n");
        }
    }

    @Test
    void whoKnowsNoChunksSeesTheConnectionReset() throws IOException {
        var engine = ScriptedEngine.failingAfter(new byte[] {'a', 'b'}, 2, CUT);
        try (var server = new SpeechServer(engine);
                var caller = new Caller(server.port(), "HTTP/1.0", asking("\"response_format\":\"pcm\""))) {
            assertThatThrownBy(caller::readToEnd).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anEndlessEngineEndsWithAClearErrorBehindItsSound() {
        var endless = ScriptedEngine.endless(480);
        var bound = new SoundBound(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ZERO);
        var engine = new BoundedEngine(endless, bound, () -> {});
        String answer = text(answer(engine, asking("\"response_format\":\"pcm\",\"stream_format\":\"sse\"")));
        assertThat(answer)
                .contains("speech.audio.delta")
                .endsWith("\"type\":\"server_error\",\"param\":null,\"code\":\"SoundTooLong\"}}\n\n");
        Awaitility.await().until(() -> endless.cancellations() == 1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pcm", "wav", "opus", "mp3", "flac"})
    void aFailureBeforeTheFirstSoundIsAStatusHoweverItIsStreamed(String format) {
        var failure = new SpeechFailure.Throttled("Throttling.RateQuota", "Too fast.", Duration.ofMillis(1_200));
        for (String delivery : List.of("audio", "sse")) {
            HttpResponse<byte[]> answer = answer(
                    ScriptedEngine.failingAfter(new byte[0], 4, failure),
                    asking("\"response_format\":\"" + format + "\",\"stream_format\":\"" + delivery + "\""));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
            assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
            assertThat(answer.headers().firstValue("cache-control")).isEmpty();
            assertThat(text(answer)).isEqualTo("""
                            {"error":{"message":"Too fast.","type":"rate_limit_error","param":null,"code":"Throttling.RateQuota"}}""");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "401, 401, authentication_error",
        "403, 403, permission_error",
        "404, 404, invalid_request_error",
        "302, 502, server_error",
        "503, 503, server_error"
    })
    void whatTheServiceRefusesIsPassedOn(int status, int passedOn, String type) {
        var failure = new SpeechFailure.Refused(status, "ModelNotFound", "No.", "id");
        assertError(
                answer(ScriptedEngine.failingAfter(new byte[0], 4, failure), asking("\"model\":\"x\"")),
                passedOn,
                type,
                null,
                "ModelNotFound",
                "No.");
    }

    @Test
    void anEngineThatThrowsIsAnInternalErrorThatTellsNothing() {
        SpeechEngine broken = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                throw new IllegalStateException("secret detail");
            }
        };
        HttpResponse<byte[]> answer = answer(broken, asking("\"model\":\"m\""));
        assertError(answer, 500, "server_error", null, "internal_error", "its log says why");
        assertThat(text(answer)).doesNotContain("secret");
    }
}
