package dev.stentor.archive;

import static dev.stentor.archive.Recital.CHUNKS;
import static dev.stentor.archive.Recital.REQUEST;
import static dev.stentor.archive.Recital.SOUND;
import static dev.stentor.archive.Recital.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Equal requests at the same time, which share one call of the engine. */
class SingleFlightTest {

    private final SpeechException cut = new SpeechException(new SpeechFailure.Truncated("It broke off.", 4_800));

    @TempDir
    Path directory;

    private TestArchive archive;
    private final Recital recital = new Recital();

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void twoAtOnceArePaidOnceAndTheSecondCatchesUp() {
        SpeechEngine engine = archive.over(recital.engine);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.request(3);
        recital.source.assertMaxRequested(3);
        recital.source.next(CHUNKS.get(0), CHUNKS.get(1), CHUNKS.get(2));
        Listening second = Listening.to(engine.speak(REQUEST)).take(1);
        second.requestUnbounded();
        Awaitility.await().until(() -> second.heard().length == 14_400);
        CHUNKS.subList(3, 10).forEach(recital.source::next);
        eventually(() -> assertThat(second.heard()).hasSize(48_000));
        assertThat(first.heard()).hasSize(14_400);
        recital.source.complete();
        eventually(() -> assertThat(second.isCompleted()).isTrue());
        assertThat(first.takeAll().heard()).isEqualTo(SOUND).isEqualTo(second.heard());
        assertThat(first.receipt()).isEqualTo(second.receipt());
        assertThat(recital.engine.requests()).hasSize(1);
        assertThat(archive.stats.joined).hasValue(1);
    }

    @Test
    void whoComesWhenAllIsSaidAndNotYetPublishedDoesNotPayAgain() {
        SpeechEngine engine = archive.over(recital.engine);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        CHUNKS.forEach(recital.source::next);
        recital.source.complete();
        eventually(() -> assertThat(first.isCompleted()).isTrue());
        assertThat(Listening.to(engine.speak(REQUEST)).takeAll().heard()).isEqualTo(SOUND);
        assertThat(recital.engine.requests()).hasSize(1);
    }

    @Test
    void nothingIsAskedOfTheEngineThatNoReaderAskedFor() {
        SpeechEngine engine = archive.over(recital.engine);
        Listening first = Listening.to(engine.speak(REQUEST));
        Listening second = Listening.to(engine.speak(REQUEST));
        recital.source.assertMaxRequested(0);
        first.request(1);
        second.request(2);
        recital.source.assertMinRequested(2).assertMaxRequested(2);
        recital.source.next(CHUNKS.getFirst());
        eventually(() -> assertThat(first.heard()).hasSize(4_800));
        eventually(() -> assertThat(second.heard()).hasSize(4_800));
    }

    @Test
    void theCallGoesOnWhileOneIsThereAndIsCancelledWithTheLast() {
        SpeechEngine engine = archive.over(recital.engine);
        Listening first = Listening.to(engine.speak(REQUEST));
        Listening second = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        recital.source.next(CHUNKS.getFirst());
        Awaitility.await().until(() -> archive.names(".part").size() == 1);
        first.cancel();
        assertThat(first.receipt().ending()).isEqualTo(Receipt.Ending.CANCELLED);
        assertThat(first.receipt().samples()).isEqualTo(2_400);
        recital.source.assertNotCancelled();
        second.cancel();
        eventually(recital.source::assertCancelled);
        assertThat(second.receipt().ending()).isEqualTo(Receipt.Ending.CANCELLED);
        assertThat(second.receipt().samples()).isZero();
        Awaitility.await().until(() -> archive.names(".part").isEmpty());
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
        assertThat(archive.archive().files()).isZero();
    }

    @Test
    void aFailureReachesEverybodyAfterWhatWasRecorded() {
        SpeechEngine engine = archive.over(recital.engine);
        Speech spoken = engine.speak(REQUEST);
        Listening first = Listening.to(spoken);
        Listening second = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        recital.source.next(CHUNKS.get(0), CHUNKS.get(1));
        recital.source.error(cut);
        eventually(() -> assertThat(first.failure()).isSameAs(cut));
        assertThat(second.failure()).isNull();
        assertThat(second.takeAll().failure()).isSameAs(cut);
        assertThat(second.heard()).isEqualTo(Arrays.copyOf(SOUND, 9_600)).isEqualTo(first.heard());
        StepVerifier.create(spoken.receipt()).expectErrorMatches(cut::equals).verify(Duration.ofSeconds(10));
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
        assertThat(archive.names(".wav")).isEmpty();
        var again = Listening.to(engine.speak(REQUEST));
        eventually(() -> assertThat(recital.engine.requests()).hasSize(2));
        again.cancel();
    }

    @Test
    void afterHalfAMinuteWithoutDemandTheRestIsDrainedIntoTheFile() {
        SpeechEngine engine = archive.over(recital.engine);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.request(1);
        recital.source.next(CHUNKS.getFirst());
        archive.time.advanceTimeBy(Duration.ofSeconds(29));
        recital.source.assertMaxRequested(1);
        archive.time.advanceTimeBy(Duration.ofSeconds(2));
        eventually(() -> assertThat(archive.stats.drained).hasValue(1));
        for (ByteBuffer chunk : CHUNKS.subList(1, 10)) {
            eventually(() -> recital.source.assertMinRequested(1));
            recital.source.next(chunk);
        }
        recital.source.complete();
        assertThat(archive.stats.drained).hasValue(1);
        assertThat(first.heard()).hasSize(4_800);
        assertThat(first.takeAll().heard()).isEqualTo(SOUND);
        assertThat(first.receipt().ending()).isEqualTo(Receipt.Ending.COMPLETE);
        assertThat(first.receipt().file()).isNotNull();
    }

    @Test
    void aReaderWhoAsksNowAndThenIsNotDrained() {
        Listening first = Listening.to(archive.over(recital.engine).speak(REQUEST));
        int heard = 0;
        for (ByteBuffer chunk : CHUNKS) {
            first.request(1);
            recital.source.next(chunk);
            heard += chunk.remaining();
            int bytes = heard;
            eventually(() -> assertThat(first.heard()).hasSize(bytes)); // then its demand was seen
            archive.time.advanceTimeBy(Duration.ofSeconds(20));
        }
        recital.source.assertMaxRequested(10);
        assertThat(archive.stats.drained).hasValue(0);
        first.cancel();
    }

    @Test
    void whoCancelsAtOnceKeepsNoCallOpen() {
        SpeechEngine engine = archive.over(recital.engine);
        Speech spoken = engine.speak(REQUEST);
        spoken.audio().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
                subscription.cancel();
            }
        });
        assertThat(recital.engine.requests()).hasSize(recital.engine.cancellations());
        StepVerifier.create(spoken.receipt().map(Receipt::ending))
                .expectNext(Receipt.Ending.CANCELLED)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        int before = recital.engine.requests().size();
        Listening next = Listening.to(engine.speak(REQUEST));
        assertThat(recital.engine.requests()).hasSize(before + 1);
        assertThat(archive.stats.joined).hasValue(0);
        next.cancel();
    }

    @Test
    void marksOfALiveSpeechReachEveryReader() {
        var mark = new SegmentMark(0, 1, 0, 5, 0);
        SpeechEngine marking = request -> {
            Speech speech = recital.engine.speak(request);
            return new Speech(speech.audio(), speech.receipt(), Flux.just(mark));
        };
        SpeechEngine engine = archive.over(marking);
        List<Flux<SegmentMark>> marks = new ArrayList<>();
        List<Listening> listening = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Speech speech = engine.speak(REQUEST);
            marks.add(speech.marks());
            listening.add(Listening.to(speech));
        }
        for (Flux<SegmentMark> told : marks) {
            StepVerifier.create(told).expectNext(mark).expectComplete().verify(Duration.ofSeconds(5));
        }
        listening.forEach(Listening::cancel);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whoeverComesWhenAndAsksHowHearsTheSame(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 20; round++) {
            byte[] sound = Signals.selfIndexing(random.nextInt(1, 60_000));
            var scripted = ScriptedEngine.speaking(sound, 2 * random.nextInt(1, 6_000));
            SpeechEngine engine = archive.over(scripted);
            SpeechRequest request = SpeechRequest.of("round " + seed + "." + round);
            List<Mono<List<ByteBuffer>>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int rate = random.nextInt(1, 9);
                Flux<ByteBuffer> audio = engine.speak(request).audio();
                readers.add(Mono.delay(Duration.ofMillis(random.nextInt(3)))
                        .thenMany(random.nextBoolean() ? audio.limitRate(rate) : audio)
                        .collectList());
            }
            List<List<ByteBuffer>> heard =
                    Objects.requireNonNull(Flux.merge(readers).collectList().block(Duration.ofSeconds(20)));
            assertThat(heard).hasSize(4);
            for (List<ByteBuffer> buffers : heard) {
                var joined = new ByteArrayOutputStream();
                buffers.forEach(buffer -> {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.duplicate().get(bytes);
                    joined.writeBytes(bytes);
                });
                assertThat(joined.toByteArray()).isEqualTo(sound);
            }
            assertThat(scripted.requests()).hasSize(1);
        }
    }
}
