package dev.stentor.speech.dashscope;

import static dev.stentor.speech.dashscope.Stage.hear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that are refusals, failures or nonsense, from the service or from a server in between. */
class DashScopeFailuresTest {

    private static final byte[] SOUND = Wire.SOUND;
    private static final String NORMAL = Wire.NORMAL;

    @Test
    void badKey() throws IOException {
        refused(401, "InvalidApiKey", "Invalid API-key provided.");
    }

    @Test
    void badParameter() throws IOException {
        refused(400, "InvalidParameter", "Required parameter(s) missing or invalid.");
    }

    @Test
    void tooManyRequests() throws IOException {
        String body = Wire.error(429, "Throttling.RateQuota", "Requests rate limit exceeded.");
        fails(
                Wire.answer(429, "application/json", body, ""),
                new SpeechFailure.Throttled("Throttling.RateQuota", "Requests rate limit exceeded.", null));
        fails(
                Wire.answer(429, "application/json", body, "Retry-After: 3\r\n"),
                new SpeechFailure.Throttled(
                        "Throttling.RateQuota", "Requests rate limit exceeded.", Duration.ofSeconds(3)));
    }

    @Test
    void anHttpErrorWithAnEventStream() throws IOException {
        String body = Wire.event("error", 400, Wire.error(400, "InvalidParameter", "No such voice."));
        fails(
                Wire.head(400, "text/event-stream", "Transfer-Encoding: chunked\r\n")
                        + Wire.chunk(body)
                        + Wire.lastChunk(),
                new SpeechFailure.Refused(400, "InvalidParameter", "No such voice.", Wire.REQUEST_ID));
    }

    @Test
    void anHttpErrorWithAPageOrNothing() throws IOException {
        fails(
                Wire.answer(502, "text/html", "<html>Bad Gateway</html>", ""),
                new SpeechFailure.Refused(
                        502, "UpstreamRefused", "The speech service answered with HTTP status 502.", null));
        fails(
                Wire.answer(503, "text/plain", "", "x-request-id: from-header\r\n"),
                new SpeechFailure.Refused(
                        503, "UpstreamRefused", "The speech service answered with HTTP status 503.", "from-header"));
    }

    @Test
    void anHttpErrorThatIsCutOff() throws IOException {
        fails(
                Wire.head(500, "application/json", "Content-Length: 100\r\n") + "{\"code\":",
                new SpeechFailure.Refused(
                        500, "UpstreamRefused", "The speech service answered with HTTP status 500.", null));
    }

    @Test
    void aRedirectionIsNotFollowed() throws IOException {
        fails(
                Wire.answer(302, "text/plain", "", "Location: http://127.0.0.1:1/\r\n"),
                new SpeechFailure.Refused(
                        302, "UpstreamRefused", "The speech service answered with HTTP status 302.", null));
    }

    @Test
    void anErrorEventFirst() throws IOException {
        String error = Wire.error(400, "InvalidParameter", "No such voice.");
        var failure = new SpeechFailure.FailedInStream(400, "InvalidParameter", "No such voice.", Wire.REQUEST_ID, 0);
        fails(Wire.stream(Wire.event("error", 400, error)), failure);
        fails(Wire.stream("event: error\ndata: " + error + "\n\n"), failure);
    }

    @Test
    void anErrorEventInTheMiddle() throws IOException {
        Heard heard = hear(Wire.stream(Wire.result(Wire.sound(SOUND))
                + Wire.event("error", 429, "{\"code\":\"Throttling\",\"message\":\"Later.\"}")
                + NORMAL));
        assertThat(heard.audio()).isEqualTo(SOUND);
        assertThat(heard.failure())
                .isEqualTo(new SpeechFailure.FailedInStream(429, "Throttling", "Later.", Wire.REQUEST_ID, 480));
    }

    @Test
    void anErrorInAResult() throws IOException {
        fails(
                Wire.stream(Wire.result(Wire.error(400, "InternalError", "Oops."))),
                new SpeechFailure.FailedInStream(400, "InternalError", "Oops.", Wire.REQUEST_ID, 0));
    }

    @Test
    void anErrorOfManyWordsIsCut() throws IOException {
        Heard heard = hear(Wire.stream(Wire.event("error", 400, Wire.error(400, "c".repeat(999), "m".repeat(9_999)))));
        assertThat(heard.failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.code()).hasSize(101);
            assertThat(failure.message()).hasSize(501);
        });
    }

    @Test
    void aCompressedAnswerThatNobodyAskedFor() throws IOException {
        fails(
                Wire.answer(200, "text/event-stream", NORMAL, "Content-Encoding: gzip\r\n"),
                new SpeechFailure.Malformed("The speech service sent an answer that is no plain event stream."));
    }

    @Test
    void anEventThatIsTooLarge() throws IOException {
        String large = Wire.sound(new byte[Stage.EVENT_BYTES]);
        fails(
                Wire.stream(Wire.result(large)),
                new SpeechFailure.Malformed("The speech service sent an event larger than 1048576 bytes."));
    }

    @Test
    void jsonInPlaceOfAnEventStream() throws IOException {
        fails(
                Wire.answer(200, "application/json", Wire.STOP.replace(Wire.URL, ""), ""),
                new SpeechFailure.Malformed("The speech service sent an answer that is no plain event stream."));
    }

    @Test
    void brokenJsonAndBrokenBase64() throws IOException {
        for (String broken : List.of("{", "{}}", "oops", "[]", "null", "\"text\"", "{\"output\":7}")) {
            assertThat(hear(Wire.stream(Wire.result(broken))).failure()).isInstanceOf(SpeechFailure.Malformed.class);
        }
        fails(
                Wire.stream(Wire.result(Wire.sound(SOUND).replace("\"data\":\"", "\"data\":\"!"))),
                new SpeechFailure.Malformed("The speech service sent Base64 that cannot be read."));
    }

    @Test
    void brokenHttp() throws IOException {
        assertThat(hear("This is not HTTP.\r\n\r\n").failure()).isInstanceOf(SpeechFailure.Malformed.class);
        assertThat(hear(Wire.chunked() + "zz\r\n").failure()).isInstanceOf(SpeechFailure.Malformed.class);
    }

    @Test
    void nothingAtAll() throws IOException {
        fails("", new SpeechFailure.Unreachable("No connection to the speech service."));
    }

    private static void fails(String answer, SpeechFailure failure) throws IOException {
        assertThat(hear(answer).failure()).isEqualTo(failure);
    }

    private static void refused(int status, String code, String message) throws IOException {
        fails(
                Wire.answer(status, "application/json", Wire.error(status, code, message), ""),
                new SpeechFailure.Refused(status, code, message, Wire.REQUEST_ID));
    }
}
