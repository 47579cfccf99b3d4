package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The rules of speech that is made for one subscription. */
class SpeechTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final SpeechFailure CUT = new SpeechFailure.Truncated("Cut off.", 1);

    private final TestPublisher<ByteBuffer> sound = TestPublisher.create();
    private final List<Receipt.Ending> asked = new ArrayList<>();
    private int begun;

    @Test
    void nothingBeginsBeforeTheAudioIsSubscribedTo() {
        Speech speech = speech();
        var _ = speech.receipt().subscribe();
        var _ = speech.marks().subscribe();
        assertThat(begun).isZero();
        var _ = speech.audio().subscribe();
        assertThat(begun).isOne();
    }

    @Test
    void aSecondSubscriberIsRefusedAndTheFirstDoesNotNotice() {
        Speech speech = speech();
        StepVerifier.create(speech.audio())
                .then(() -> StepVerifier.create(speech.audio())
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage("The audio can be subscribed to once."))
                        .verify(LIMIT))
                .then(sound::complete)
                .expectComplete()
                .verify(LIMIT);
        assertThat(begun).isOne();
        ends(speech, Receipt.Ending.COMPLETE);
    }

    @Test
    void theReceiptComesWithTheEnd() {
        Speech speech = speech();
        var _ = speech.audio().subscribe();
        StepVerifier.create(speech.receipt())
                .expectSubscription()
                .then(() -> assertThat(asked).isEmpty())
                .then(sound::complete)
                .expectNext(receipt(Receipt.Ending.COMPLETE))
                .expectComplete()
                .verify(LIMIT);
        ends(speech, Receipt.Ending.COMPLETE);
        assertThat(asked).as("the source is asked once").containsExactly(Receipt.Ending.COMPLETE);
    }

    @Test
    void theReceiptFailsWithTheAudiosFailure() {
        Speech speech = speech();
        var _ = speech.audio().subscribe(buffer -> {}, error -> {});
        sound.error(new SpeechException(CUT));
        StepVerifier.create(speech.receipt())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure()).isEqualTo(CUT)))
                .verify(LIMIT);
        assertThat(asked).isEmpty();
    }

    @Test
    void whoCancelsGetsAReceiptOfWhatWasHeard() {
        Speech speech = speech();
        speech.audio().subscribe().dispose();
        ends(speech, Receipt.Ending.CANCELLED);
        assertThat(asked).containsExactly(Receipt.Ending.CANCELLED);
    }

    @Test
    void theReceiptMayComeLaterThanTheEnd() {
        Sinks.One<Receipt> told = Sinks.one();
        Speech speech = Speech.once(() -> source(Flux.empty(), told.asMono()));
        var _ = speech.audio().subscribe();
        StepVerifier.create(speech.receipt())
                .expectSubscription()
                .then(() -> told.tryEmitValue(receipt(Receipt.Ending.COMPLETE)))
                .expectNext(receipt(Receipt.Ending.COMPLETE))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void marksAreAddedWithoutTouchingTheRest() {
        var mark = new SegmentMark(0, 1, 0, 4, 0);
        Speech speech = speech();
        Speech marked = speech.withMarks(Flux.just(mark));
        assertThat(marked.audio()).isSameAs(speech.audio());
        assertThat(marked.receipt()).isSameAs(speech.receipt());
        StepVerifier.create(marked.marks()).expectNext(mark).expectComplete().verify(LIMIT);
    }

    private Speech speech() {
        return Speech.once(() -> {
            begun++;
            return new SpeechSource() {
                @Override
                public Flux<ByteBuffer> audio() {
                    return sound.flux();
                }

                @Override
                public Mono<Receipt> receipt(Receipt.Ending ending) {
                    asked.add(ending);
                    return Mono.just(SpeechTest.receipt(ending));
                }
            };
        });
    }

    private static SpeechSource source(Flux<ByteBuffer> audio, Mono<Receipt> receipt) {
        return new SpeechSource() {
            @Override
            public Flux<ByteBuffer> audio() {
                return audio;
            }

            @Override
            public Mono<Receipt> receipt(Receipt.Ending ending) {
                return receipt;
            }
        };
    }

    private static void ends(Speech speech, Receipt.Ending ending) {
        StepVerifier.create(speech.receipt())
                .expectNext(receipt(ending))
                .expectComplete()
                .verify(LIMIT);
    }

    private static Receipt receipt(Receipt.Ending ending) {
        return new Receipt("id", 0, 4, ending, null);
    }
}
