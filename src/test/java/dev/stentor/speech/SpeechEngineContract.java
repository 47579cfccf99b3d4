package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The contract that every engine must keep. The test of each adapter extends it. */
public abstract class SpeechEngineContract {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Returns the engine under test, the same for every call within a test. */
    protected abstract SpeechEngine engine();

    /** Returns a request that the engine can speak, with several buffers of sound. */
    protected abstract SpeechRequest request();

    @Test
    public void buffersAreReadOnlyOnTheHeapAndHoldWholeSamples() {
        List<ByteBuffer> buffers = all(engine().speak(request()));
        assertThat(buffers).isNotEmpty().allSatisfy(buffer -> {
            assertThat(buffer.isReadOnly()).isTrue();
            assertThat(buffer.isDirect()).isFalse();
            assertThat(buffer.remaining()).isPositive().isEven();
        });
    }

    @Test
    public void theReceiptCountsTheSamplesThatWereDelivered() {
        Speech speech = engine().speak(request());
        long samples = bytes(all(speech)).length / 2;
        StepVerifier.create(speech.receipt())
                .assertNext(receipt -> {
                    assertThat(receipt.samples()).isEqualTo(samples);
                    assertThat(receipt.ending()).isEqualTo(Receipt.Ending.COMPLETE);
                    assertThat(receipt.requestId()).isNotBlank();
                    assertThat(receipt.characters()).isPositive();
                })
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    public void theSameRequestGivesTheSameSamples() {
        byte[] once = bytes(all(engine().speak(request())));
        byte[] again = bytes(all(engine().speak(request())));
        assertThat(again).isEqualTo(once);
    }

    @Test
    public void nothingComesThatWasNotAskedFor() {
        Speech speech = engine().speak(request());
        StepVerifier.create(speech.audio(), 0)
                .expectSubscription()
                .thenRequest(1)
                .expectNextCount(1)
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    public void takingBuffersOneByOneLosesNothing() {
        byte[] whole = bytes(all(engine().speak(request())));
        var one = engine().speak(request()).audio().limitRate(1).collectList().block(LIMIT);
        assertThat(bytes(Objects.requireNonNull(one))).isEqualTo(whole);
    }

    @Test
    public void cancellingEndsTheSpeechAndTheReceiptSaysSo() {
        Speech speech = engine().speak(request());
        Sinks.Empty<Void> first = Sinks.empty();
        var subscriber = new BaseSubscriber<ByteBuffer>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(ByteBuffer value) {
                cancel();
                first.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            }
        };
        speech.audio().subscribe(subscriber);
        StepVerifier.create(first.asMono().then(Mono.defer(speech::receipt)))
                .assertNext(receipt -> assertThat(receipt.ending()).isEqualTo(Receipt.Ending.CANCELLED))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    public void theAudioCanBeSubscribedToOnce() {
        Speech speech = engine().speak(request());
        var _ = all(speech);
        StepVerifier.create(speech.audio())
                .expectError(IllegalStateException.class)
                .verify(LIMIT);
    }

    @Test
    public void blankTextIsRefusedByItsField() {
        for (String blank : List.of("", "   ", "\n\t")) {
            StepVerifier.create(engine().speak(SpeechRequest.of(blank)).audio())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed -> assertThat(failed.failure())
                                            .isInstanceOfSatisfying(
                                                    SpeechFailure.InvalidInput.class,
                                                    wrong -> assertThat(wrong.field())
                                                            .isEqualTo("text"))))
                    .verify(LIMIT);
        }
    }

    /** Returns all buffers of a speech; waits for its end. */
    public static List<ByteBuffer> all(Speech speech) {
        return Objects.requireNonNull(speech.audio().collectList().block(LIMIT));
    }

    /** Returns the bytes of many buffers, in order; their positions are not moved. */
    public static byte[] bytes(List<ByteBuffer> buffers) {
        var joined = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[buffer.remaining()];
            buffer.duplicate().get(part);
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
