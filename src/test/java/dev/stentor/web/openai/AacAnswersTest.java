package dev.stentor.web.openai;

import static dev.stentor.web.openai.Question.SOUND;
import static dev.stentor.web.openai.Question.asking;
import static dev.stentor.web.openai.Question.assertError;
import static dev.stentor.web.openai.Question.speaking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.codec.ffmpeg.AacEncoder;
import dev.stentor.codec.ffmpeg.TestEncoders;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Answers in AAC, by a program that stands for FFmpeg. */
class AacAnswersTest {

    private static final String AAC = asking("\"response_format\":\"aac\"");

    @Test
    void aacIsWhatTheProgramMakesOfAllSamples() {
        try (var encoder = encoder("echo");
                var server = new SpeechServer(speaking(), Schedulers.parallel(), encoder)) {
            HttpResponse<byte[]> answer = server.post(AAC);
            assertThat(answer.headers().allValues("content-type")).containsExactly("audio/aac");
            assertThat(answer.body()).isEqualTo(SOUND);
        }
    }

    @Test
    void aProgramThatFailsBeforeItsFirstFrameIsAnErrorThatSaysSo() {
        try (var encoder = encoder("fails");
                var server = new SpeechServer(speaking(), Schedulers.parallel(), encoder)) {
            assertError(server.post(AAC), 500, "server_error", null, "encoder_failed", "ended with code 3");
        }
    }

    @Test
    void moreAnswersThanProcessesAreToldToComeAgain() {
        var engine = speaking();
        try (var encoder = encoder("echo");
                var server = new SpeechServer(engine, Schedulers.parallel(), encoder)) {
            var other = encoder.encode(Flux.never()).subscribe();
            HttpResponse<byte[]> answer = server.post(AAC);
            assertError(answer, 503, "server_error", null, "encoder_busy", "in use");
            assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
            assertThat(engine.cancellations()).isZero();
            other.dispose();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.post(AAC).statusCode() == 200);
        }
    }

    @Test
    void aFailureOfTheEngineBeforeItsSoundIsItsStatus() {
        var failing = ScriptedEngine.failingAfter(
                new byte[0], 4, new SpeechFailure.Refused(404, "ModelNotFound", "No.", "id"));
        try (var encoder = encoder("echo");
                var server = new SpeechServer(failing, Schedulers.parallel(), encoder)) {
            assertError(server.post(AAC), 404, "invalid_request_error", null, "ModelNotFound", "No.");
        }
    }

    @Test
    void aFormatThatNobodyMakesIsAnsweredWithAacAmongThoseThatWork() {
        try (var encoder = encoder("echo");
                var server = new SpeechServer(speaking(), Schedulers.parallel(), encoder)) {
            assertError(
                    server.post(asking("\"response_format\":\"ogg\"")),
                    400,
                    "invalid_request_error",
                    "response_format",
                    "unsupported_value",
                    "mp3, wav, pcm, opus, flac, aac");
        }
    }

    private static AacEncoder encoder(String what) {
        return TestEncoders.of(what, 1, Schedulers.parallel());
    }
}
