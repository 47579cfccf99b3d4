package dev.stentor.speech.local;

import static dev.stentor.speech.local.Rehearsal.FIVE;
import static dev.stentor.speech.local.Rehearsal.LIMIT;
import static dev.stentor.speech.local.Rehearsal.fails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.qwen.QwenCatalogue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Streaming by the local engine, with a voice that the test controls. */
class LocalEngineTest extends SpeechEngineContract {

    private final Rehearsal rehearsal = new Rehearsal();

    @BeforeEach
    void warmUp() throws Exception {
        rehearsal.warmUp();
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Override
    protected SpeechEngine engine() {
        return rehearsal.engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of(FIVE);
    }

    @Test
    void nothingIsSaidBeforeASubscriberComes() throws Exception {
        Speech speech = rehearsal.engine.speak(request());
        rehearsal.settle();
        assertThat(rehearsal.voice.said).isEmpty();
        StepVerifier.create(speech.audio())
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void atMostTwoSegmentsAreAheadOfDemand() throws Exception {
        var audio = rehearsal.engine.speak(request()).audio();
        StepVerifier.create(audio, 0)
                .expectSubscription()
                .then(rehearsal::settle)
                .then(() -> assertThat(rehearsal.voice.said).hasSize(2))
                .thenRequest(1)
                .expectNextCount(1)
                .then(rehearsal::settle)
                .then(() -> assertThat(rehearsal.voice.said).hasSize(2))
                .thenRequest(21) // all but the last buffer of the first segment, of 21 letters and one sample
                .expectNextCount(21)
                .then(rehearsal::settle)
                .then(() -> assertThat(rehearsal.voice.said).hasSize(3))
                .thenCancel()
                .verify(LIMIT);
        rehearsal.settle();
        assertThat(rehearsal.voice.said).hasSize(3);
    }

    @Test
    void theFirstBufferComesBeforeTheSecondSentenceIsMade() throws Exception {
        rehearsal.voice.hold();
        StepVerifier.create(rehearsal.engine.speak(request()).audio(), 1)
                .then(() -> rehearsal.voice.letGo(1))
                .expectNextCount(1)
                .then(() -> assertThat(rehearsal.voice.said).hasSizeLessThanOrEqualTo(2))
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    void segmentsComeInOrderInBuffersOfATenthOfASecond() {
        List<ByteBuffer> buffers = all(rehearsal.engine.speak(request()));
        assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.remaining()).isLessThanOrEqualTo(4_800));
        assertThat(rehearsal.voice.said)
                .containsExactly(
                        "This is sentence one.",
                        "This is sentence two.",
                        "This is sentence three.",
                        "This is sentence four.",
                        "This is sentence five.");
    }

    @Test
    void cancellingFreesTheWorkerAfterTheSentenceAtHand() throws Exception {
        rehearsal.voice.hold();
        var first = rehearsal.engine.speak(request()).audio().subscribe();
        assertThat(rehearsal.voice.nextSaid()).isEqualTo("This is sentence one.");
        var second = rehearsal
                .engine
                .speak(SpeechRequest.of("Quite another text."))
                .audio()
                .subscribe();
        first.dispose();
        rehearsal.voice.letGo(1);
        assertThat(rehearsal.voice.nextSaid()).isEqualTo("Quite another text.");
        rehearsal.voice.letGo(1);
        rehearsal.settle();
        assertThat(rehearsal.voice.said).as("nothing more of the first").isEmpty();
        second.dispose();
    }

    @Test
    void cancellingInLineLeavesIt() throws Exception {
        rehearsal.voice.hold();
        var first = rehearsal.engine.speak(request()).audio().subscribe();
        assertThat(rehearsal.voice.nextSaid()).isEqualTo("This is sentence one.");
        Speech speech = rehearsal.engine.speak(request());
        var second = speech.audio().subscribe();
        second.dispose();
        StepVerifier.create(speech.receipt())
                .assertNext(receipt -> {
                    assertThat(receipt.ending()).isEqualTo(Receipt.Ending.CANCELLED);
                    assertThat(receipt.samples()).isZero();
                })
                .expectComplete()
                .verify(LIMIT);
        first.dispose();
        rehearsal.voice.letGo(1);
        rehearsal.settle();
        assertThat(rehearsal.voice.said).as("nothing of the second").isEmpty();
    }

    @Test
    void tooManyAreToldToTryAgainAndTheReceiptAgrees() throws Exception {
        rehearsal.voice.hold();
        var taken = new ArrayList<Disposable>();
        for (int i = 0; i < 4; i++) {
            taken.add(rehearsal.engine.speak(request()).audio().subscribe());
            if (i == 0) {
                assertThat(rehearsal.voice.nextSaid()).isNotEmpty();
            }
        }
        Speech refused = rehearsal.engine.speak(request());
        fails(refused, failure -> assertThat(failure).isInstanceOf(SpeechFailure.Throttled.class));
        StepVerifier.create(refused.receipt())
                .expectError(SpeechException.class)
                .verify(LIMIT);
        taken.forEach(Disposable::dispose);
    }

    @Test
    void aFaultInTheMiddleComesAfterTheSoundBeforeItAndKeepsTheTextToItself() {
        Speech speech =
                rehearsal.engine.speak(SpeechRequest.of("This goes well enough. This will break down. Never said."));
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
        assertThat(rehearsal.voice.said).doesNotContain("Never said.");
    }

    @Test
    void silenceWhereThereAreWordsIsAFault() {
        fails(
                rehearsal.engine.speak(SpeechRequest.of("hush now")),
                failure -> assertThat(failure).isInstanceOf(SpeechFailure.EngineFault.class));
    }

    @Test
    void partsWithoutASoundAreSkipped() {
        assertThat(all(rehearsal.engine.speak(SpeechRequest.of("Well then.\n...\n😀\nLet us go 🚀 now."))))
                .isNotEmpty();
        assertThat(rehearsal.voice.said).containsExactly("Well then.", "Let us go   now.");
    }

    @Test
    void charactersAreCountedAsTheServiceDoes() {
        Speech speech =
                rehearsal.engine.speak(SpeechRequest.of("Today is a wonderful day to build something people love!"));
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
        assertThat(rehearsal.voice.said).isEmpty();
    }

    @Test
    void everyNameOfTheCatalogueAndItsOwnAreTaken() {
        var models = new ArrayList<String>();
        models.add(LocalEngine.MODEL);
        QwenCatalogue.standard().models().forEach(model -> models.add(model.name()));
        for (String model : models) {
            for (String language : List.of("Auto", "English", "Chinese", "zh")) {
                assertThat(all(rehearsal.engine.speak(
                                new SpeechRequest("Hi", model, "Cherry", language, "Slowly", true))))
                        .isNotEmpty();
            }
        }
        Flux.fromIterable(QwenCatalogue.standard().voices())
                .concatWith(Flux.fromIterable(rehearsal.engine.voices()))
                .toStream()
                .forEach(known -> assertThat(all(
                                rehearsal.engine.speak(SpeechRequest.of("Hi").withVoice(known.name()))))
                        .isNotEmpty());
    }

    private void refuses(SpeechRequest request, String field, String message) {
        fails(rehearsal.engine.speak(request), failure -> {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            SpeechFailure.InvalidInput.class,
                            wrong -> assertThat(wrong.field()).isEqualTo(field));
            assertThat(failure.message()).contains(message);
        });
    }
}
