package dev.stentor.codec.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The process behind the encoder, good and bad. */
class AacEncoderTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] SOUND = Signals.selfIndexing(100_000);

    private final AtomicLong made = new AtomicLong();

    @Test
    void theProgramGetsAllSoundAndItsOutputIsTheAnswer() {
        try (var encoder = TestEncoders.of("echo", 1, Schedulers.parallel())) {
            assertThat(all(encoder.encode(Flux.fromIterable(Signals.chunks(SOUND, 1_922)))))
                    .isEqualTo(SOUND);
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "fails, ended with code 3",
        "ends-early, ended before the sound did",
    })
    void aProgramThatEndsBadlyIsAFailureThatQuotesNothing(String what, String words) {
        try (var encoder = TestEncoders.of(what, 1, Schedulers.parallel())) {
            assertThatThrownBy(() -> all(encoder.encode(endless())))
                    .isInstanceOf(EncoderException.class)
                    .hasMessageContaining(words)
                    .hasMessageNotContaining("secret");
            assertThat(encoder.failed()).isEqualTo(1);
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
        }
    }

    @Test
    void aProgramThatSaysNothingIsAFailure() {
        try (var encoder = TestEncoders.of("says-nothing", 1, Schedulers.parallel())) {
            assertThatThrownBy(() -> all(encoder.encode(Flux.just(ByteBuffer.wrap(SOUND)))))
                    .hasMessageContaining("made no sound");
        }
    }

    @Test
    void aProgramThatHangsIsEndedWhenItsTimeIsOver() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        var failure = new AtomicReference<Throwable>();
        try (var encoder = TestEncoders.of("hangs", 1, time)) {
            var _ = encoder.encode(endless()).subscribe(_ -> {}, failure::set);
            await().atMost(LIMIT).until(() -> {
                time.advanceTimeBy(Duration.ofSeconds(1));
                return failure.get() != null;
            });
            assertThat(failure.get()).hasMessageContaining("gave nothing for 20000 ms");
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
        }
    }

    @Test
    void soundThatIsSlowIsNotTheProgramsFault() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        var failure = new AtomicReference<Throwable>();
        try (var encoder = TestEncoders.of("echo", 1, time)) {
            var heard = new AtomicLong();
            var slow = Flux.concat(Flux.just(ByteBuffer.wrap(SOUND)), Flux.never());
            var listening = encoder.encode(slow).subscribe(bytes -> heard.addAndGet(bytes.length), failure::set);
            await().atMost(LIMIT).until(() -> heard.get() == SOUND.length);
            time.advanceTimeBy(Duration.ofMinutes(5));
            assertThat(failure.get()).isNull();
            listening.dispose();
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
        }
    }

    @Test
    void aStreamThatTakesTooLongIsEnded() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        var failure = new AtomicReference<Throwable>();
        var heard = new AtomicLong();
        try (var encoder = TestEncoders.of("echo", 1, time)) {
            var _ = encoder.encode(Flux.concat(Flux.just(ByteBuffer.wrap(SOUND)), Flux.never()))
                    .subscribe(bytes -> heard.addAndGet(bytes.length), failure::set);
            await().atMost(LIMIT).until(() -> heard.get() == SOUND.length);
            time.advanceTimeBy(Duration.ofMinutes(10));
            await().atMost(LIMIT).until(() -> failure.get() != null);
            assertThat(failure.get()).hasMessageContaining("was ended after 600 s");
        }
    }

    @Test
    void moreStreamsThanProcessesAreRefusedBeforeTheirSoundIsAskedFor() {
        try (var encoder = TestEncoders.of("echo", 1, Schedulers.parallel())) {
            var first = encoder.encode(Flux.never()).subscribe();
            assertThatThrownBy(() -> all(encoder.encode(endless())))
                    .isInstanceOfSatisfying(
                            EncoderException.class,
                            full -> assertThat(full.isBusy()).isTrue());
            assertThat(made).hasValue(0);
            assertThat(encoder.used()).isEqualTo(1);
            first.dispose();
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
            assertThat(encoder.refused()).isEqualTo(1);
            assertThat(encoder.failed()).isZero();
            assertThat(all(encoder.encode(Flux.just(ByteBuffer.wrap(SOUND))))).isEqualTo(SOUND);
        }
    }

    @Test
    void cancellingEndsTheSoundAndTheProcess() {
        var cancelled = new AtomicLong();
        try (var encoder = TestEncoders.of("echo", 1, Schedulers.parallel())) {
            encoder.encode(endless().doOnCancel(cancelled::incrementAndGet)).blockFirst(LIMIT);
            await().atMost(LIMIT).until(() -> encoder.used() == 0 && cancelled.get() == 1);
        }
    }

    @Test
    void whoDoesNotReadHoldsTheSoundBack() {
        var heard = new AtomicLong();
        var reader = new BaseSubscriber<byte[]>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(byte[] bytes) {
                heard.incrementAndGet();
            }
        };
        try (var encoder = TestEncoders.of("echo", 1, Schedulers.parallel())) {
            encoder.encode(endless()).subscribe(reader);
            await().atMost(LIMIT).until(() -> heard.get() == 1);
            await().during(Duration.ofMillis(300)).until(() -> made.get() < 1_000_000);
            reader.cancel();
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
        }
    }

    @Test
    void aFailureOfTheSoundComesBehindAllThatWasEncoded() {
        var got = new ByteArrayOutputStream();
        Flux<ByteBuffer> broken = Flux.concat(
                Flux.just(ByteBuffer.wrap(SOUND)), Mono.error(() -> new IllegalStateException("The engine broke")));
        try (var encoder = TestEncoders.of("echo", 1, Schedulers.parallel())) {
            assertThatThrownBy(() ->
                            encoder.encode(broken).doOnNext(got::writeBytes).blockLast(LIMIT))
                    .hasMessage("The engine broke");
            assertThat(got.toByteArray()).isEqualTo(SOUND);
        }
    }

    @Test
    void aFailureBeforeTheFirstSoundIsPassedOnAndFreesThePlace() {
        try (var encoder = TestEncoders.of("hangs", 1, Schedulers.parallel())) {
            assertThatThrownBy(() -> all(encoder.encode(Flux.error(() -> new IllegalStateException("No")))))
                    .hasMessage("No");
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
            assertThat(all(encoder.encode(Flux.empty()))).isEmpty();
            await().atMost(LIMIT).until(() -> encoder.used() == 0);
        }
    }

    @Test
    void theContextReachesTheSound() {
        var seen = new AtomicReference<String>();
        Flux<ByteBuffer> sound = Flux.deferContextual(context -> {
            seen.set(context.get("caller"));
            return Flux.just(ByteBuffer.wrap(SOUND));
        });
        try (var encoder = TestEncoders.of("echo", 1, Schedulers.parallel())) {
            assertThat(all(encoder.encode(sound).contextWrite(context -> context.put("caller", "Ada"))))
                    .isEqualTo(SOUND);
        }
        assertThat(seen).hasValue("Ada");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        var settings = new AacSettings("no-such-ffmpeg", 64_000, 1, LIMIT, LIMIT);
        assertThatThrownBy(() -> new AacEncoder(settings, Schedulers.parallel()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-ffmpeg");
    }

    private Flux<ByteBuffer> endless() {
        return Flux.generate(sink -> {
            made.addAndGet(9_600);
            sink.next(ByteBuffer.allocate(9_600).asReadOnlyBuffer());
        });
    }

    private static byte[] all(Flux<byte[]> pieces) {
        var bytes = new ByteArrayOutputStream();
        List<byte[]> got = pieces.collectList().blockOptional(LIMIT).orElseThrow();
        got.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
