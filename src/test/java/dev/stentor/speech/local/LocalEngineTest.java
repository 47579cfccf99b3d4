package dev.stentor.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.QwenCatalogue;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How the engine streams, with a voice that a test holds in its hand. */
class LocalEngineTest extends SpeechEngineContract {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FIVE = "This is sentence one. This is sentence two. This is sentence three. "
            + "This is sentence four. This is sentence five.";

    private final FakeVoice voice = new FakeVoice();
    private final Workers workers = new Workers(1, 3);
    private final LocalEngine engine = LocalEngine.start(voice, workers, () -> "request-1");

    @BeforeEach
    void warmUp() throws Exception {
        StepVerifier.create(engine.ready()).expectComplete().verify(LIMIT);
        assertThat(voice.nextSaid()).contains("herald");
    }

    @AfterEach
    void close() {
        voice.letGo(100);
        engine.close();
    }

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of(FIVE);
    }

    @Test
    void nothingIsSaidBeforeASubscriberComes() throws Exception {
        Speech speech = engine.speak(request());
        settle();
        assertThat(voice.said).isEmpty();
        StepVerifier.create(speech.audio())
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void atMostTwoSegmentsAreAheadOfDemand() throws Exception {
        var audio = engine.speak(request()).audio();
        StepVerifier.create(audio, 0)
                .expectSubscription()
                .then(this::settle)
                .then(() -> assertThat(voice.said).hasSize(2))
                .thenRequest(1)
                .expectNextCount(1)
                .then(this::settle)
                .then(() -> assertThat(voice.said).hasSize(2))
                .thenRequest(21) // all but the last buffer of the first segment, of 21 letters and one sample
                .expectNextCount(21)
                .then(this::settle)
                .then(() -> assertThat(voice.said).hasSize(3))
                .thenCancel()
                .verify(LIMIT);
        settle();
        assertThat(voice.said).hasSize(3);
    }

    @Test
    void theFirstBufferComesBeforeTheSecondSentenceIsMade() throws Exception {
        voice.hold();
        StepVerifier.create(engine.speak(request()).audio(), 1)
                .then(() -> voice.letGo(1))
                .expectNextCount(1)
                .then(() -> assertThat(voice.said).hasSizeLessThanOrEqualTo(2))
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    void segmentsComeInOrderInBuffersOfATenthOfASecond() {
        List<ByteBuffer> buffers = all(engine.speak(request()));
        assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.remaining()).isLessThanOrEqualTo(4_800));
        assertThat(voice.said)
                .containsExactly(
                        "This is sentence one.",
                        "This is sentence two.",
                        "This is sentence three.",
                        "This is sentence four.",
                        "This is sentence five.");
    }

    @Test
    void cancellingFreesTheWorkerAfterTheSentenceAtHand() throws Exception {
        voice.hold();
        var first = engine.speak(request()).audio().subscribe();
        assertThat(voice.nextSaid()).isEqualTo("This is sentence one.");
        var second =
                engine.speak(SpeechRequest.of("Quite another text.")).audio().subscribe();
        first.dispose();
        voice.letGo(1);
        assertThat(voice.nextSaid()).isEqualTo("Quite another text.");
        voice.letGo(1);
        settle();
        assertThat(voice.said).as("nothing more of the first").isEmpty();
        second.dispose();
    }

    @Test
    void cancellingInLineLeavesIt() throws Exception {
        voice.hold();
        var first = engine.speak(request()).audio().subscribe();
        assertThat(voice.nextSaid()).isEqualTo("This is sentence one.");
        Speech speech = engine.speak(request());
        var second = speech.audio().subscribe();
        assertThat(workers.waitingJobs()).isEqualTo(1);
        second.dispose();
        assertThat(workers.waitingJobs()).isZero();
        StepVerifier.create(speech.receipt())
                .assertNext(receipt -> {
                    assertThat(receipt.ending()).isEqualTo(Receipt.Ending.CANCELLED);
                    assertThat(receipt.samples()).isZero();
                })
                .expectComplete()
                .verify(LIMIT);
        first.dispose();
    }

    @Test
    void tooManyAreToldToTryAgainAndTheReceiptAgrees() throws Exception {
        voice.hold();
        var taken = new ArrayList<Disposable>();
        for (int i = 0; i < 4; i++) {
            taken.add(engine.speak(request()).audio().subscribe());
            if (i == 0) {
                assertThat(voice.nextSaid()).isNotEmpty();
            }
        }
        Speech refused = engine.speak(request());
        fails(refused, failure -> assertThat(failure).isInstanceOf(SpeechFailure.Throttled.class));
        StepVerifier.create(refused.receipt())
                .expectError(SpeechException.class)
                .verify(LIMIT);
        taken.forEach(Disposable::dispose);
    }

    @Test
    void aFaultInTheMiddleComesAfterTheSoundBeforeItAndKeepsTheTextToItself() {
        Speech speech = engine.speak(SpeechRequest.of("This goes well enough. This will break down. Never said."));
        StepVerifier.create(speech.audio())
                .thenConsumeWhile(_ -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed ->
                                            assertThat(failed.failure()).isInstanceOf(SpeechFailure.EngineFault.class));
                    assertThat(error).hasMessageNotContaining("break down");
                    assertThat(error.getCause()).hasMessageNotContaining("break down");
                })
                .verify(LIMIT);
        StepVerifier.create(speech.receipt()).expectError(SpeechException.class).verify(LIMIT);
        assertThat(voice.said).doesNotContain("Never said.");
    }

    @Test
    void silenceWhereThereAreWordsIsAFault() {
        fails(
                engine.speak(SpeechRequest.of("hush now")),
                failure -> assertThat(failure).isInstanceOf(SpeechFailure.EngineFault.class));
    }

    @Test
    void partsWithoutASoundAreSkipped() {
        assertThat(all(engine.speak(SpeechRequest.of("Well then.\n...\n😀\nLet us go 🚀 now."))))
                .isNotEmpty();
        assertThat(voice.said).containsExactly("Well then.", "Let us go   now.");
    }

    @Test
    void charactersAreCountedAsTheServiceDoes() {
        Speech speech = engine.speak(SpeechRequest.of("Today is a wonderful day to build something people love!"));
        var _ = all(speech);
        StepVerifier.create(speech.receipt())
                .assertNext(receipt -> {
                    assertThat(receipt.characters()).isEqualTo(56);
                    assertThat(receipt.requestId()).isEqualTo("request-1");
                    assertThat(receipt.file()).isNull();
                })
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void whatItCannotSpeakIsRefusedByField() {
        refuses(SpeechRequest.of("你好"), "text", "DASHSCOPE_API_KEY");
        refuses(SpeechRequest.of("..."), "text", "nothing to speak");
        refuses(SpeechRequest.of("Hi").withVoice("Nobody"), "voice", "\"Nobody\"");
        refuses(SpeechRequest.of("Hi").withVoice("Nobody"), "voice", "/v1/voices");
        refuses(new SpeechRequest("Hi", "tts-9", null, null, null, null), "model", "\"tts-9\"");
        assertThat(voice.said).isEmpty();
    }

    @Test
    void everyNameOfTheCatalogueAndItsOwnAreTaken() {
        var models = new ArrayList<String>();
        models.add(LocalEngine.MODEL);
        QwenCatalogue.standard().models().forEach(model -> models.add(model.name()));
        for (String model : models) {
            for (String language : List.of("Auto", "English", "Chinese", "zh")) {
                assertThat(all(engine.speak(new SpeechRequest("Hi", model, "Cherry", language, "Slowly", true))))
                        .isNotEmpty();
            }
        }
        Flux.fromIterable(QwenCatalogue.standard().voices())
                .concatWith(Flux.fromIterable(engine.voices()))
                .toStream()
                .forEach(known -> assertThat(
                                all(engine.speak(SpeechRequest.of("Hi").withVoice(known.name()))))
                        .isNotEmpty());
    }

    @Test
    void requestsBeforeItIsReadyWaitForIt() throws Exception {
        var late = new FakeVoice();
        late.hold();
        try (LocalEngine starting = LocalEngine.start(late, new Workers(1, 3), () -> "id")) {
            StepVerifier.create(starting.speak(SpeechRequest.of("Go.")).audio())
                    .then(() -> late.letGo(2))
                    .thenConsumeWhile(_ -> true)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(late.nextSaid()).contains("herald");
            assertThat(late.nextSaid()).isEqualTo("Go.");
        }
    }

    @Test
    void whenItCannotStartEveryRequestFails() {
        SentenceVoice broken = (_, _) -> {
            throw new IllegalStateException("no module");
        };
        try (LocalEngine dead = LocalEngine.start(broken, new Workers(1, 3), () -> "id")) {
            StepVerifier.create(dead.ready()).expectError(SpeechException.class).verify(LIMIT);
            for (int i = 0; i < 2; i++) {
                fails(
                        dead.speak(request()),
                        failure -> assertThat(failure)
                                .isEqualTo(new SpeechFailure.EngineFault("The embedded voice could not be started.")));
            }
        }
    }

    @Test
    void afterItsEndEveryRequestFails() {
        engine.close();
        fails(
                engine.speak(request()),
                failure -> assertThat(failure)
                        .isEqualTo(new SpeechFailure.EngineFault("The embedded voice has been shut down.")));
    }

    private void refuses(SpeechRequest request, String field, String message) {
        fails(engine.speak(request), failure -> {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            SpeechFailure.InvalidInput.class,
                            wrong -> assertThat(wrong.field()).isEqualTo(field));
            assertThat(failure.message()).contains(message);
        });
    }

    private static void fails(Speech speech, Consumer<SpeechFailure> as) {
        StepVerifier.create(speech.audio())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(SpeechException.class, failed -> as.accept(failed.failure())))
                .verify(LIMIT);
    }

    /** Waits until the one worker has done all there is to do: what a job adds to the line comes before the next look at it. */
    private void settle() {
        for (int i = 0; i < 4; i++) {
            StepVerifier.create(workers.run(Workers.Turn.LATER, () -> 1))
                    .expectNext(1)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }
}
