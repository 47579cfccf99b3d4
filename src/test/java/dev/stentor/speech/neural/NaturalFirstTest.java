package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The choice between the natural voice and another engine, which must itself be an engine in every way. */
class NaturalFirstTest extends SpeechEngineContract {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ScriptedEngine other = ScriptedEngine.speaking(new byte[48_000], 4_800);

    @TempDir
    Path folder;

    private TinyVoice tiny;
    private NeuralEngine voice;

    @BeforeEach
    void start() throws Exception {
        tiny = new TinyVoice(folder);
        NeuralSettings settings = tiny.settings(NeuralSettings.WhenBusy.WAIT, 1);
        voice = NeuralEngine.start(
                settings, TinyVoice.fast(), Mono.empty(), () -> tiny.load(settings), LIMIT, () -> "request-1");
        StepVerifier.create(voice.decided()).expectComplete().verify(LIMIT);
    }

    @AfterEach
    void close() {
        voice.close();
    }

    @Override
    protected SpeechEngine engine() {
        return new NaturalFirst(voice, voice, other);
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of("This is sentence one. This is sentence two, and it is longer than the first.");
    }

    @Test
    void whoLeavesBeforeItIsKnownWhoSpeaksGetsAReceiptOfNothing() {
        NeuralSettings settings = tiny.settings(NeuralSettings.WhenBusy.WAIT, 1);
        try (NeuralEngine loading = NeuralEngine.start(
                settings, TinyVoice.fast(), Mono.never(), () -> tiny.load(settings), LIMIT, () -> "id")) {
            Speech speech = new NaturalFirst(loading, loading, other).speak(request());
            StepVerifier.create(speech.audio()).thenCancel().verify(LIMIT);
            StepVerifier.create(speech.receipt())
                    .assertNext(receipt -> {
                        assertThat(receipt.ending()).isEqualTo(Receipt.Ending.CANCELLED);
                        assertThat(receipt.samples()).isZero();
                    })
                    .expectComplete()
                    .verify(LIMIT);
            StepVerifier.create(speech.marks()).expectComplete().verify(LIMIT);
        }
    }

    @Test
    void theRefusalIsThatOfTheVoiceThatKnowsTheName() {
        var wrong = new InvalidInput("text", "The embedded voice speaks English only.");
        var refusing = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                return Speech.failed(wrong);
            }

            @Override
            public Optional<InvalidInput> objection(SpeechRequest request) {
                return Optional.of(wrong);
            }
        };
        var joined = new NaturalFirst(voice, voice, refusing);
        SpeechRequest russian = SpeechRequest.of("Привет");
        assertThat(joined.objection(russian))
                .isEqualTo(voice.objection(russian))
                .isPresent();
        assertThat(joined.objection(russian.withVoice("slt"))).contains(wrong);
        assertThat(joined.objection(SpeechRequest.of("Hello."))).isEmpty();
    }
}
