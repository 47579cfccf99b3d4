package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.openai.OpenAiEngine;
import dev.stentor.speech.openai.OpenAiSettings;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Tests of the gateway's own client of OpenAI's API against its own server of that API. */
class GatewayBehindGatewayTest {

    private static final byte[] SOUND = Signals.selfIndexing(100_000);
    private static final SpeechFailure LATE = new SpeechFailure.Truncated("It broke off.", 0);

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({"audio, pcm", "audio, wav", "sse, pcm", "sse, wav"})
    void whatTheFarEngineSaysIsHeardToTheLastSample(String delivery, String format) {
        var far = ScriptedEngine.speaking(SOUND, 7_770);
        try (var server = new SpeechServer(far);
                var near = near(server, delivery, format)) {
            Heard heard = Heard.of(near.speak(SpeechRequest.of("Hello.")), () -> {});
            assertThat(heard.failure()).isNull();
            assertThat(heard.audio()).isEqualTo(SOUND);
            assertThat(heard.receipt()).isNotNull().satisfies(receipt -> {
                assertThat(receipt.requestId()).isEqualTo(SpeechServer.REQUEST_ID);
                assertThat(receipt.samples()).isEqualTo(100_000);
            });
        }
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({"audio, pcm", "sse, wav"})
    void whatBreaksOffFarAwayIsNotTakenForWhole(String delivery, String format) {
        try (var server = new SpeechServer(ScriptedEngine.failingAfter(SOUND, 7_770, LATE));
                var near = near(server, delivery, format)) {
            Heard heard = Heard.of(near.speak(SpeechRequest.of("Hello.")), () -> {});
            assertThat(heard.failure())
                    .isInstanceOfAny(SpeechFailure.Truncated.class, SpeechFailure.FailedInStream.class);
            assertThat(heard.audio()).isEqualTo(SOUND);
        }
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({"audio, pcm", "sse, pcm"})
    void aRefusalKeepsItsStatusAndCode(String delivery, String format) {
        var busy = new SpeechFailure.Throttled("Throttling", "Later.", Duration.ofSeconds(3));
        try (var server = new SpeechServer(ScriptedEngine.failingAfter(new byte[0], 2, busy));
                var near = near(server, delivery, format)) {
            Heard heard = Heard.of(near.speak(SpeechRequest.of("Hello.")), () -> {});
            assertThat(heard.failure()).isEqualTo(busy);
        }
    }

    @Test
    void whoLeavesHereIsMissedFarAway() {
        var far = ScriptedEngine.speaking(new byte[48_000 * 600], 9_600);
        try (var server = new SpeechServer(far);
                var near = near(server, "audio", "pcm")) {
            Speech speech = near.speak(SpeechRequest.of("Hello."));
            StepVerifier.create(speech.audio(), 2)
                    .expectNextCount(2)
                    .thenCancel()
                    .verify(Duration.ofSeconds(20));
            Awaitility.await().until(() -> far.cancellations() == 1);
        }
    }

    private static OpenAiEngine near(SpeechServer server, String delivery, String format) {
        var standard = OpenAiSettings.of(URI.create("http://127.0.0.1:" + server.port() + "/v1"), "");
        var settings = new OpenAiSettings(
                standard.baseUrl(),
                standard.apiKey(),
                standard.defaultModel(),
                standard.defaultVoice(),
                standard.models(),
                standard.voices(),
                standard.languageMember(),
                Map.of("stream_format", delivery, "response_format", format),
                standard.rateHz(),
                standard.connectTimeout(),
                standard.silence(),
                standard.connections(),
                standard.receiveBufferBytes(),
                standard.eventBytes());
        return new OpenAiEngine(settings, Schedulers.parallel(), () -> "near");
    }
}
