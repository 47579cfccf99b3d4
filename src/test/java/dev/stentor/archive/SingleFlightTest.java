package dev.stentor.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class SingleFlightTest {

    private static final byte[] SOUND = Signals.selfIndexing(24_000);
    private static final List<ByteBuffer> CHUNKS = Signals.chunks(SOUND, 4_800);
    private static final SpeechRequest REQUEST = SpeechRequest.of("What is to be said once.");
    private final SpeechException cut = new SpeechException(new SpeechFailure.Truncated("It broke off.", 4_800));

    @TempDir
    Path directory;

    private TestArchive archive;
    private final TestPublisher<ByteBuffer> source = TestPublisher.create();
    private final ScriptedEngine played = ScriptedEngine.of(_ -> source.flux());

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void anEqualRequestIsPlayedFromTheFile() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        Receipt first = Listening.to(engine.speak(REQUEST)).takeAll().receipt();
        Listening again = Listening.to(engine.speak(REQUEST)).takeAll();
        assertThat(again.heard()).isEqualTo(SOUND);
        assertThat(again.receipt()).isEqualTo(first);
        assertThat(first.file()).isInstanceOf(WholeFile.Archived.class);
        assertThat(first.samples()).isEqualTo(24_000);
        assertThat(scripted.requests()).hasSize(1);
        assertThat(archive.stats.missed).hasValue(1);
        assertThat(archive.stats.hits).hasValue(1);
    }

    @Test
    void thatHoldsAfterARestartToo() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        Receipt first =
                Listening.to(archive.over(scripted).speak(REQUEST)).takeAll().receipt();
        archive.close();
        archive = new TestArchive(directory);
        Listening again = Listening.to(archive.over(scripted).speak(REQUEST)).takeAll();
        assertThat(again.heard()).isEqualTo(SOUND);
        assertThat(again.receipt()).isEqualTo(first);
        assertThat(scripted.requests()).hasSize(1);
    }

    static Stream<SpeechRequest> others() {
        return Stream.of(
                REQUEST.withText("What is to be said twice."),
                REQUEST.withVoice("Cherry"),
                REQUEST.anew(),
                new SpeechRequest(REQUEST.text(), "m", null, null, null, null),
                new SpeechRequest(REQUEST.text(), null, null, "English", null, null),
                new SpeechRequest(REQUEST.text(), null, null, null, "softly", null),
                new SpeechRequest(REQUEST.text(), null, null, null, null, true));
    }

    @ParameterizedTest
    @MethodSource("others")
    void aRequestThatDiffersIsSpokenAnew(SpeechRequest other) {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        assertThat(Listening.to(engine.speak(REQUEST)).takeAll().receipt().file())
                .isNotNull();
        assertThat(Listening.to(engine.speak(other)).takeAll().receipt().file()).isNotNull();
        assertThat(scripted.requests()).hasSize(2);
    }

    @Test
    void theSoundOfAnotherEngineWillNotDo() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        assertThat(Listening.to(archive.over(scripted, "one").speak(REQUEST))
                        .takeAll()
                        .receipt()
                        .file())
                .isNotNull();
        var _ = Listening.to(archive.over(scripted, "other").speak(REQUEST)).takeAll();
        assertThat(scripted.requests()).hasSize(2);
    }

    @Test
    void whatIsSpokenAnewOrTooLongIsNotKeptForOthers() {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        SpeechRequest tooLong = SpeechRequest.of("a".repeat(2_001));
        for (SpeechRequest request : List.of(REQUEST.anew(), REQUEST, tooLong, tooLong)) {
            assertThat(Listening.to(engine.speak(request)).takeAll().receipt().file())
                    .isNotNull();
        }
        assertThat(scripted.requests()).hasSize(4);
        assertThat(archive.archive().files()).isEqualTo(4);
    }

    @Test
    void twoAtOnceArePaidOnceAndTheSecondCatchesUp() {
        SpeechEngine engine = archive.over(played);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.request(3);
        source.assertMaxRequested(3);
        source.next(CHUNKS.get(0), CHUNKS.get(1), CHUNKS.get(2));
        Listening second = Listening.to(engine.speak(REQUEST)).take(1);
        second.requestUnbounded();
        Awaitility.await().until(() -> second.heard().length == 14_400);
        CHUNKS.subList(3, 10).forEach(source::next);
        eventually(() -> assertThat(second.heard()).hasSize(48_000));
        assertThat(first.heard()).hasSize(14_400);
        source.complete();
        eventually(() -> assertThat(second.isCompleted()).isTrue());
        assertThat(first.takeAll().heard()).isEqualTo(SOUND).isEqualTo(second.heard());
        assertThat(first.receipt()).isEqualTo(second.receipt());
        assertThat(played.requests()).hasSize(1);
        assertThat(archive.stats.joined).hasValue(1);
    }

    @Test
    void whoComesWhenAllIsSaidAndNotYetPublishedDoesNotPayAgain() {
        SpeechEngine engine = archive.over(played);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        CHUNKS.forEach(source::next);
        source.complete();
        eventually(() -> assertThat(first.isCompleted()).isTrue());
        assertThat(Listening.to(engine.speak(REQUEST)).takeAll().heard()).isEqualTo(SOUND);
        assertThat(played.requests()).hasSize(1);
    }

    @Test
    void nothingIsAskedOfTheEngineThatNoReaderAskedFor() {
        SpeechEngine engine = archive.over(played);
        Listening first = Listening.to(engine.speak(REQUEST));
        Listening second = Listening.to(engine.speak(REQUEST));
        source.assertMaxRequested(0);
        first.request(1);
        second.request(2);
        source.assertMinRequested(2).assertMaxRequested(2);
        source.next(CHUNKS.getFirst());
        eventually(() -> assertThat(first.heard()).hasSize(4_800));
        eventually(() -> assertThat(second.heard()).hasSize(4_800));
    }

    @Test
    void theCallGoesOnWhileOneIsThereAndIsCancelledWithTheLast() {
        SpeechEngine engine = archive.over(played);
        Listening first = Listening.to(engine.speak(REQUEST));
        Listening second = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        source.next(CHUNKS.getFirst());
        Awaitility.await().until(() -> archive.names(".part").size() == 1);
        first.cancel();
        assertThat(first.receipt().ending()).isEqualTo(Receipt.Ending.CANCELLED);
        assertThat(first.receipt().samples()).isEqualTo(2_400);
        source.assertNotCancelled();
        second.cancel();
        eventually(source::assertCancelled);
        assertThat(second.receipt().ending()).isEqualTo(Receipt.Ending.CANCELLED);
        assertThat(second.receipt().samples()).isZero();
        Awaitility.await().until(() -> archive.names(".part").isEmpty());
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
        assertThat(archive.archive().files()).isZero();
    }

    @Test
    void aFailureReachesEverybodyAfterWhatWasRecorded() {
        SpeechEngine engine = archive.over(played);
        Speech spoken = engine.speak(REQUEST);
        Listening first = Listening.to(spoken);
        Listening second = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        source.next(CHUNKS.get(0), CHUNKS.get(1));
        source.error(cut);
        eventually(() -> assertThat(first.failure()).isSameAs(cut));
        assertThat(second.failure()).isNull();
        assertThat(second.takeAll().failure()).isSameAs(cut);
        assertThat(second.heard()).isEqualTo(Arrays.copyOf(SOUND, 9_600)).isEqualTo(first.heard());
        StepVerifier.create(spoken.receipt()).expectErrorMatches(cut::equals).verify(Duration.ofSeconds(10));
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
        assertThat(archive.names(".wav")).isEmpty();
        var again = Listening.to(engine.speak(REQUEST));
        eventually(() -> assertThat(played.requests()).hasSize(2));
        again.cancel();
    }

    @Test
    void afterHalfAMinuteWithoutDemandTheRestIsDrainedIntoTheFile() {
        SpeechEngine engine = archive.over(played);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.request(1);
        source.next(CHUNKS.getFirst());
        archive.time.advanceTimeBy(Duration.ofSeconds(29));
        source.assertMaxRequested(1);
        archive.time.advanceTimeBy(Duration.ofSeconds(2));
        eventually(() -> assertThat(archive.stats.drained).hasValue(1));
        for (ByteBuffer chunk : CHUNKS.subList(1, 10)) {
            eventually(() -> source.assertMinRequested(1));
            source.next(chunk);
        }
        source.complete();
        assertThat(archive.stats.drained).hasValue(1);
        assertThat(first.heard()).hasSize(4_800);
        assertThat(first.takeAll().heard()).isEqualTo(SOUND);
        assertThat(first.receipt().ending()).isEqualTo(Receipt.Ending.COMPLETE);
        assertThat(first.receipt().file()).isNotNull();
    }

    @Test
    void aReaderWhoAsksNowAndThenIsNotDrained() {
        Listening first = Listening.to(archive.over(played).speak(REQUEST));
        for (ByteBuffer chunk : CHUNKS) {
            first.request(1);
            source.next(chunk);
            archive.time.advanceTimeBy(Duration.ofSeconds(20));
        }
        source.assertMaxRequested(10);
        assertThat(archive.stats.drained).hasValue(0);
        first.cancel();
    }

    @Test
    void aDiskThatFailsHurtsNobodyWhoIsThere() throws Exception {
        SpeechEngine engine = archive.over(played);
        Files.delete(directory.resolve("archive.lock"));
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        Files.delete(directory);
        Listening first = Listening.to(engine.speak(REQUEST));
        Listening second = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        CHUNKS.subList(0, 5).forEach(source::next);
        Awaitility.await().until(() -> archive.stats.writeFailures.get() == 1);
        CHUNKS.subList(5, 10).forEach(source::next);
        source.complete();
        eventually(() -> assertThat(first.heard()).isEqualTo(SOUND));
        assertThat(second.takeAll().heard()).isEqualTo(SOUND);
        assertThat(first.receipt().file()).isNull();
        assertThat(first.receipt().ending()).isEqualTo(Receipt.Ending.COMPLETE);
    }

    @Test
    void whoCancelsAtOnceKeepsNoCallOpen() {
        SpeechEngine engine = archive.over(played);
        Speech spoken = engine.speak(REQUEST);
        spoken.audio().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
                subscription.cancel();
            }
        });
        assertThat(played.requests()).hasSize(played.cancellations());
        StepVerifier.create(spoken.receipt().map(Receipt::ending))
                .expectNext(Receipt.Ending.CANCELLED)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        int before = played.requests().size();
        Listening next = Listening.to(engine.speak(REQUEST));
        assertThat(played.requests()).hasSize(before + 1);
        assertThat(archive.stats.joined).hasValue(0);
        next.cancel();
    }

    @Test
    void whoComesAfterARecordingWasGivenUpIsSpokenToAnew() throws Exception {
        SpeechEngine engine = archive.over(played);
        Files.delete(directory.resolve("archive.lock"));
        Files.delete(directory);
        Listening first = Listening.to(engine.speak(REQUEST));
        first.requestUnbounded();
        CHUNKS.subList(0, 5).forEach(source::next);
        Awaitility.await().until(() -> archive.stats.writeFailures.get() == 1);
        source.next(CHUNKS.get(5));
        eventually(() -> assertThat(first.heard()).hasSize(6 * 4_800));
        Listening second = Listening.to(engine.speak(REQUEST));
        eventually(() -> assertThat(played.requests()).hasSize(2));
        assertThat(second.failure()).isNull();
        second.cancel();
        first.cancel();
    }

    @Test
    void aDiskThatHangsHoldsNoReceiptBackForLong() {
        Speech spoken = archive.over(played).speak(REQUEST);
        Listening first = Listening.to(spoken);
        first.requestUnbounded();
        var hanging = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            var _ = archive.archive().threads().schedule(() -> awaitQuietly(hanging));
        }
        CHUNKS.forEach(source::next);
        source.complete();
        assertThat(first.heard()).isEqualTo(SOUND);
        assertThat(first.isCompleted()).isTrue();
        archive.time.advanceTimeBy(Duration.ofSeconds(6));
        assertThat(first.receipt().file()).isNull();
        hanging.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            var _ = latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsLargerThanTheArchiveIsHeardAndNotKept() {
        archive.close();
        archive = new TestArchive(directory, 20_000, archive.time);
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        Listening first = Listening.to(archive.over(scripted).speak(REQUEST)).takeAll();
        assertThat(first.heard()).isEqualTo(SOUND);
        assertThat(first.receipt().file()).isNull();
        assertThat(archive.stats.writeFailures).hasValue(1);
        Awaitility.await().until(() -> archive.archive().bytes() == 0);
        assertThat(archive.names(".part")).isEmpty();
    }

    @Test
    void aFileThatSomebodyTookIsSpokenAnew() throws Exception {
        var scripted = ScriptedEngine.speaking(SOUND, 4_800);
        SpeechEngine engine = archive.over(scripted);
        var file = (WholeFile.Archived) Objects.requireNonNull(
                Listening.to(engine.speak(REQUEST)).takeAll().receipt().file());
        Files.delete(directory.resolve(file.id() + ".wav"));
        Listening again = Listening.to(engine.speak(REQUEST)).takeAll();
        assertThat(again.heard()).isEqualTo(SOUND);
        assertThat(again.receipt().file()).isNotNull().isNotEqualTo(file);
        assertThat(scripted.requests()).hasSize(2);
    }

    @Test
    void marksOfALiveSpeechReachEveryReader() {
        var mark = new SegmentMark(0, 1, 0, 5, 0);
        SpeechEngine marking = request -> {
            Speech speech = played.speak(request);
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

    /** What the disk's threads have a hand in. */
    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().untilAsserted(assertion);
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
