package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeakerMemory;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** More texts than the machine carries, which is one here; and a voice that is still being loaded. */
class BusyVoiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final SpeechRequest FIRST = SpeechRequest.of("The first one.");
    private static final SpeechRequest SECOND = SpeechRequest.of("The second one.");
    private static final byte[] OTHER_SOUND = new byte[4_800];

    private final ScriptedEngine other =
            ScriptedEngine.of(_ -> Flux.just(ByteBuffer.wrap(OTHER_SOUND).asReadOnlyBuffer()));

    @TempDir
    Path folder;

    private TinyVoice tiny;

    @BeforeEach
    void write() throws Exception {
        tiny = new TinyVoice(folder);
    }

    @AfterEach
    void letGo() {
        tiny.letGo(1_000);
    }

    @Test
    void anotherTextWaitsUntilTheFirstIsMade() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.WAIT)) {
            tiny.hold();
            var first = engine.speak(FIRST).audio().subscribe();
            assertThat(nextAsked()).isEqualTo("AMERICAN The first one.");
            Mono<Long> second = engine.speak(SECOND).audio().count();
            StepVerifier.create(second)
                    .then(() -> assertThat(tiny.asked).isEmpty())
                    .then(() -> tiny.letGo(2))
                    .assertNext(buffers -> assertThat(buffers).isPositive())
                    .expectComplete()
                    .verify(LIMIT);
            first.dispose();
        }
    }

    @Test
    void aTextThatIsCancelledLeavesItsPlace() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.WAIT)) {
            tiny.hold();
            var first = engine.speak(FIRST).audio().subscribe();
            assertThat(nextAsked()).isEqualTo("AMERICAN The first one.");
            var waiting = engine.speak(SECOND).audio().subscribe();
            waiting.dispose();
            first.dispose();
            tiny.letGo(10);
            for (int n = 0; n < 3; n++) {
                assertThat(SpeechEngineContract.all(engine.speak(FIRST))).isNotEmpty();
            }
        }
    }

    @Test
    void aReaderWhoStopsReadingHoldsNoPlaceOnceAllIsMade() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.REFUSE)) {
            StepVerifier.create(engine.speak(FIRST).audio(), 1)
                    .expectNextCount(1)
                    .then(() -> awaitPlace(engine))
                    .thenCancel()
                    .verify(LIMIT);
        }
    }

    @Test
    void tooManyThatWaitAreToldToComeAgain() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.WAIT)) {
            tiny.hold();
            for (int n = 0; n < 3; n++) {
                engine.speak(FIRST).audio().subscribe();
            }
            throttled(engine.speak(SECOND));
        }
    }

    @Test
    void ifSoConfiguredNobodyWaits() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.REFUSE)) {
            tiny.hold();
            engine.speak(FIRST).audio().subscribe();
            throttled(engine.speak(SECOND));
        }
    }

    @Test
    void ifSoConfiguredTheOtherVoiceSpeaksWhatItCan() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.EMBEDDED)) {
            var joined = new NaturalFirst(engine, engine, other);
            var kept = ScriptedEngine.of(_ -> Flux.empty());
            var certain = new CertainVoice(engine, kept);
            tiny.hold();
            joined.speak(FIRST).audio().subscribe();
            assertThat(nextAsked()).isEqualTo("AMERICAN The first one.");
            assertThat(SpeechEngineContract.bytes(SpeechEngineContract.all(joined.speak(SECOND))))
                    .isEqualTo(OTHER_SOUND);
            certain.speak(SECOND).audio().blockLast(LIMIT);
            tiny.letGo(10);
            Awaitility.await().atMost(LIMIT).until(() -> !engine.gives());
            certain.speak(SECOND).audio().blockLast(LIMIT);
            assertThat(kept.requests()).extracting(SpeechRequest::fresh).containsExactly(true, false);
        }
    }

    @Test
    void aTextInPartsStaysWithTheVoiceThatBeganIt() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.EMBEDDED)) {
            var joined = new NaturalFirst(engine, engine, other);
            Context text = SpeakerMemory.begin(Context.empty());
            tiny.hold();
            joined.speak(FIRST).audio().contextWrite(text).subscribe();
            assertThat(nextAsked()).isEqualTo("AMERICAN The first one.");
            StepVerifier.create(joined.speak(SECOND).audio().contextWrite(text).count())
                    .then(() -> tiny.letGo(2))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(nextAsked()).isEqualTo("AMERICAN The second one.");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aTextThatComesWhileTheVoiceIsLoadedWaitsForIt() throws Exception {
        Sinks.Empty<Void> ready = Sinks.empty();
        NeuralSettings settings = tiny.settings(NeuralSettings.WhenBusy.WAIT, 1);
        try (NeuralEngine engine = NeuralEngine.start(
                settings, TinyVoice.fast(), ready.asMono(), () -> tiny.load(settings), SOON, () -> "id")) {
            var joined = new NaturalFirst(engine, engine, other);
            var kept = ScriptedEngine.of(_ -> Flux.empty());
            new CertainVoice(engine, kept).speak(FIRST).audio().blockLast(LIMIT);
            assertThat(kept.requests()).extracting(SpeechRequest::fresh).containsExactly(true);
            Speech speech = joined.speak(FIRST);
            StepVerifier.create(speech.audio().count())
                    .then(() -> ready.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST))
                    .assertNext(buffers -> assertThat(buffers).isPositive())
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(tiny.asked).contains("AMERICAN The first one.");
            assertThat(speech.marks().count().block(LIMIT)).isEqualTo(1);
            assertThat(Objects.requireNonNull(speech.receipt().block(LIMIT)).samples())
                    .isPositive();
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void whatOnlyTheOtherVoiceKnowsIsItsOwn() throws Exception {
        try (NeuralEngine engine = started(NeuralSettings.WhenBusy.WAIT)) {
            var joined = new NaturalFirst(engine, engine, other);
            SpeechRequest slt = FIRST.withVoice("slt");
            assertThat(joined.objection(slt)).isEmpty();
            assertThat(SpeechEngineContract.bytes(SpeechEngineContract.all(joined.speak(slt))))
                    .isEqualTo(OTHER_SOUND);
            assertThat(other.requests()).containsExactly(slt);
        }
    }

    private NeuralEngine started(NeuralSettings.WhenBusy whenBusy) {
        NeuralSettings settings = tiny.settings(whenBusy, 1);
        NeuralEngine engine = NeuralEngine.start(
                settings, TinyVoice.fast(), Mono.empty(), () -> tiny.load(settings), SOON, () -> "id");
        StepVerifier.create(engine.decided()).expectComplete().verify(LIMIT);
        tiny.asked.clear();
        return engine;
    }

    /** Waits until another text is spoken: a place is left a moment after the last sound is made. */
    private static void awaitPlace(NeuralEngine engine) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(engine.speak(SECOND)
                        .audio()
                        .hasElements()
                        .onErrorReturn(SpeechException.class, false)
                        .block(LIMIT)));
    }

    private String nextAsked() throws InterruptedException {
        return Objects.requireNonNull(tiny.asked.poll(30, TimeUnit.SECONDS));
    }

    private static void throttled(Speech speech) {
        StepVerifier.create(speech.audio())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure())
                                        .isInstanceOfSatisfying(
                                                SpeechFailure.Throttled.class,
                                                refused -> assertThat(refused.retryAfter())
                                                        .isPositive())))
                .verify(LIMIT);
    }
}
