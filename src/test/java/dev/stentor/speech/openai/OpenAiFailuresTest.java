package dev.stentor.speech.openai;

import static dev.stentor.speech.openai.Wire.SOUND;
import static dev.stentor.speech.openai.Wire.hear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.Malformed;
import dev.stentor.speech.SpeechFailure.Refused;
import dev.stentor.speech.SpeechFailure.Truncated;
import dev.stentor.testing.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that are refusals, failures, cut off or nonsense. */
class OpenAiFailuresTest {

    @Test
    void openAisEnvelope() throws IOException {
        refused(
                400,
                "application/json",
                "{\"error\":{\"message\":\"No such voice.\",\"type\":\"invalid_request_error\",\"param\":\"voice\",\"code\":null}}",
                new Refused(400, "invalid_request_error", "No such voice.", "our-id"));
        refused(
                401,
                "application/json",
                "{\"error\":{\"message\":\"Wrong key " + Wire.KEY + ".\",\"code\":\"invalid_api_key\"}}",
                new Refused(401, "invalid_api_key", "Wrong key [key].", "our-id"));
        refused(
                400,
                "application/json",
                "{\"error\":\"Oops.\"}",
                new Refused(400, "UpstreamRefused", "Oops.", "our-id"));
    }

    @Test
    void fastApisDetailAsText() throws IOException {
        refused(
                404,
                "application/json",
                "{\"detail\":\"Not Found\"}",
                new Refused(404, "UpstreamRefused", "Not Found", "our-id"));
    }

    @Test
    void kokorosDetailAsAnObject() throws IOException {
        refused(
                400,
                "application/json",
                "{\"detail\":{\"error\":\"validation_error\",\"message\":\"Voice x not found.\",\"type\":\"invalid_request_error\"}}",
                new Refused(400, "validation_error", "Voice x not found.", "our-id"));
    }

    @Test
    void fastApisDetailAsAListNeverQuotesTheInput() throws IOException {
        refused(
                422,
                "application/json",
                "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"voice\"],\"msg\":\"Field required\",\"input\":{\"input\":\""
                        + Wire.TEXT + "\"}},{\"msg\":\"x\"}]}",
                new Refused(422, "missing", "body.voice: Field required", "our-id"));
    }

    @Test
    void plainTextAndPagesAndNothing() throws IOException {
        refused(503, "text/plain", "Busy.\nTrace…", new Refused(503, "UpstreamRefused", "Busy.", "our-id"));
        String bare = "The speech service answered with HTTP status 502.";
        for (String body : List.of("<html>Bad Gateway</html>", "", "{", "{}", "{\"error\":{}}", "{\"detail\":[]}")) {
            refused(502, "text/html", body, new Refused(502, "UpstreamRefused", bare, "our-id"));
        }
    }

    @Test
    void theTextIsNeverQuoted() throws IOException {
        refused(
                400,
                "application/json",
                "{\"error\":{\"message\":\"Cannot say: " + Wire.TEXT + "\",\"code\":\"" + Wire.TEXT + "\"}}",
                new Refused(400, "UpstreamRefused", "Cannot say: [text]", "our-id"));
    }

    @Test
    void tooManyRequests() throws IOException {
        assertThat(hear(Wire.answer(
                                429,
                                "application/json",
                                "{\"error\":{\"message\":\"Slow down.\"}}",
                                "Retry-After: 2\r\n"))
                        .failure())
                .isEqualTo(new SpeechFailure.Throttled("Throttling", "Slow down.", Duration.ofSeconds(2)));
    }

    @Test
    void anErrorEvent() throws IOException {
        for (String event : List.of(
                "event: speech.audio.error\ndata: {\"type\":\"speech.audio.error\",\"error\":{\"message\":\"Out of memory.\",\"code\":\"oom\"}}\n\n",
                "data: {\"type\":\"speech.audio.error\",\"message\":\"Out of memory.\",\"code\":\"oom\"}\n\n",
                "event: error\ndata: {\"message\":\"Out of memory.\",\"code\":\"oom\"}\n\n",
                "data: {\"error\":{\"message\":\"Out of memory.\",\"code\":\"oom\"}}\n\n")) {
            Heard heard = hear(Wire.events("data: " + Wire.delta(SOUND) + "\n\n" + event));
            assertThat(heard.audio()).isEqualTo(SOUND);
            assertThat(heard.failure())
                    .isEqualTo(new SpeechFailure.FailedInStream(500, "oom", "Out of memory.", "our-id", 2_400));
        }
    }

    @Test
    void rawSoundThatBreaksOffIsTruncated() throws IOException {
        truncated(Wire.head(200, "audio/pcm", "Content-Length: 9999\r\n") + Wire.text(SOUND));
        truncated(Wire.chunked("audio/pcm") + Wire.chunk(Wire.text(SOUND)));
    }

    @Test
    void eventsThatEndWithoutDoneAreTruncated() throws IOException {
        truncated(Wire.events("data: " + Wire.delta(SOUND) + "\n\n"));
        truncated(Wire.chunked("text/event-stream") + Wire.chunk("data: " + Wire.delta(SOUND) + "\n\n"));
    }

    @Test
    void anAnswerWithoutSound() throws IOException {
        var silent = new Malformed("The speech service sent an answer without sound.");
        fails(Wire.answer("audio/pcm", new byte[0]), silent);
        fails(Wire.answer("audio/wav", Wire.wav(24_000, 1, new byte[0])), silent);
        fails(Wire.events("data: [DONE]\n\n"), silent);
    }

    @Test
    void anAnswerOfAnotherKind() throws IOException {
        fails(
                Wire.answer(200, "audio/mpeg", "ID3", ""),
                new Malformed(
                        "The speech service sent an answer of type audio/mpeg, which is neither PCM, WAV nor an event stream."));
        fails(
                Wire.answer(200, "audio/pcm", "xx", "Content-Encoding: gzip\r\n"),
                new Malformed("The speech service sent a compressed answer."));
    }

    @Test
    void soundOfAShapeThatNobodyKnows() throws IOException {
        String known = "The speech service sent sound of a kind that is not known here: ";
        assertThat(message(Wire.answer("audio/pcm;rate=12345", SOUND))).startsWith(known + "inHz must be one of [8000");
        assertThat(message(Wire.answer("audio/wav", Wire.wav(24_000, 6, SOUND))))
                .isEqualTo(known + "channels must be 1 or 2, was 6.");
        assertThat(message(Wire.answer("audio/pcm;rate=0", SOUND)))
                .isEqualTo("The speech service sent a content type that makes no sense.");
    }

    @Test
    void eventsThatMakeNoSense() throws IOException {
        for (String data : List.of(
                "{",
                "oops",
                "{\"type\":\"speech.audio.delta\"}",
                "{\"type\":\"speech.audio.delta\",\"audio\":\"!\"}")) {
            assertThat(hear(Wire.events("data: " + data + "\n\n")).failure()).isInstanceOf(Malformed.class);
        }
        assertThat(hear(Wire.events("data: " + Wire.delta(new byte[Wire.EVENT_BYTES]) + "\n\n"))
                        .failure())
                .isEqualTo(new Malformed("The speech service sent an event larger than 1048576 bytes."));
    }

    @Test
    void nothingAtAll() throws IOException {
        fails("", new SpeechFailure.Unreachable("No connection to the speech service."));
    }

    private static String message(String answer) throws IOException {
        SpeechFailure failure = hear(answer).failure();
        assertThat(failure).isInstanceOf(Malformed.class);
        return failure instanceof Malformed malformed ? malformed.message() : "";
    }

    private static void refused(int status, String type, String body, Refused failure) throws IOException {
        fails(Wire.answer(status, type, body, ""), failure);
    }

    private static void fails(String answer, SpeechFailure failure) throws IOException {
        assertThat(hear(answer).failure()).isEqualTo(failure);
    }

    private static void truncated(String answer) throws IOException {
        Heard heard = hear(answer);
        assertThat(heard.audio()).isEqualTo(SOUND);
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        Truncated.class, cut -> assertThat(cut.samples()).isEqualTo(2_400));
    }
}
