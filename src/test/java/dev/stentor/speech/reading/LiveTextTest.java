package dev.stentor.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.text.Border;
import dev.stentor.text.Segment;
import dev.stentor.text.SettledSegment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class LiveTextTest {

    private static final Pauses PAUSES =
            new Pauses(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30));

    private static final List<Border> BORDERS = List.of(Border.values());

    /** What a test writes, segment by segment. Confined to the test's thread. */
    private static final class Written implements SegmentList {

        private final List<SettledSegment> settled = new ArrayList<>();
        private final Map<Integer, List<MonoSink<SettledSegment>>> waiting = new TreeMap<>();
        private final List<Integer> turns = new ArrayList<>();
        private boolean ended;

        void write(String text, Border before) {
            int from = settled.isEmpty() ? 0 : settled.getLast().segment().to() + 1;
            var next = new SettledSegment(new Segment(text, from, from + text.length()), before);
            settled.add(next);
            List<MonoSink<SettledSegment>> readers = waiting.remove(settled.size() - 1);
            if (readers != null) {
                readers.forEach(reader -> reader.success(next));
            }
        }

        void end() {
            ended = true;
            waiting.values().forEach(readers -> readers.forEach(MonoSink::success));
        }

        @Override
        public Mono<SettledSegment> segment(int index) {
            return Mono.create(sink -> {
                if (index < settled.size()) {
                    sink.success(settled.get(index));
                } else if (ended) {
                    sink.success();
                } else {
                    waiting.computeIfAbsent(index, _ -> new ArrayList<>()).add(sink);
                }
            });
        }

        @Override
        public Mono<SettledSegment> next(int index) {
            turns.add(index);
            return segment(index);
        }

        @Override
        public int count() {
            return settled.size();
        }

        @Override
        public boolean mayCome(int index) {
            return index >= settled.size() && !ended;
        }
    }

    /** Ten loud samples for each character, then so many quiet ones. */
    private static byte[] loud(String text, int quiet) {
        ByteBuffer pcm = ByteBuffer.allocate(2 * (10 * text.length() + quiet)).order(ByteOrder.LITTLE_ENDIAN);
        text.chars().forEach(letter -> {
            for (int i = 0; i < 10; i++) {
                pcm.putShort((short) (1_000 + letter));
            }
        });
        for (int i = 0; i < quiet; i++) {
            pcm.putShort((short) (i % 2 == 0 ? 50 : -50));
        }
        return pcm.array();
    }

    private static ScriptedEngine loudly(int quiet) {
        return ScriptedEngine.of(request -> Flux.fromIterable(Signals.chunks(loud(request.text(), quiet), 66)));
    }

    private static Speech speech(SpeechEngine engine, SegmentList script) {
        return new LiveText(engine, 2, PAUSES).speak(SpeechRequest.of(""), script);
    }

    private static byte[] bytes(List<ByteBuffer> sound) {
        var all = new ByteArrayOutputStream();
        sound.forEach(buffer -> {
            byte[] part = new byte[buffer.remaining()];
            buffer.duplicate().get(part);
            all.writeBytes(part);
        });
        return all.toByteArray();
    }

    private static byte[] silence(int samples) {
        return new byte[2 * samples];
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void thePauseAtABorderIsFilledUpWithZerosThatAreCounted() {
        var written = new Written();
        written.write("one,", Border.NONE);
        written.write("two.", Border.CLAUSE);
        written.write("three", Border.SENTENCE);
        written.write("four", Border.PARAGRAPH);
        written.write("five", Border.NONE);
        written.end();
        Speech speech = speech(loudly(100), written);
        byte[] expected = joined(
                loud("one,", 100), silence(140), //
                loud("two.", 100), silence(380),
                loud("three", 100), silence(620),
                loud("four", 100), loud("five", 100));
        StepVerifier.create(speech.audio().collectList())
                .assertNext(sound -> assertThat(bytes(sound)).isEqualTo(expected))
                .verifyComplete();
        StepVerifier.create(speech.marks().map(SegmentMark::firstSample))
                .expectNext(0L, 280L, 800L, 1570L, 1710L)
                .verifyComplete();
        StepVerifier.create(speech.receipt())
                .assertNext(receipt -> assertThat(receipt.samples()).isEqualTo(expected.length / 2))
                .verifyComplete();
    }

    @Test
    void silenceThatTheEngineGaveIsNeverCut() {
        var written = new Written();
        written.write("one.", Border.NONE);
        written.write("two.", Border.SENTENCE);
        written.end();
        StepVerifier.create(speech(loudly(5_000), written).audio().collectList())
                .assertNext(
                        sound -> assertThat(bytes(sound)).isEqualTo(joined(loud("one.", 5_000), loud("two.", 5_000))))
                .verifyComplete();
    }

    @Test
    void whatIsWrittenIsSpokenBeforeTheTextEnds() {
        var written = new Written();
        ScriptedEngine engine = loudly(0);
        var heard = new ArrayList<ByteBuffer>();
        var over = new AtomicBoolean();
        var listening = speech(engine, written).audio().subscribe(heard::add, _ -> {}, () -> over.set(true));
        assertThat(engine.requests()).isEmpty();
        written.write("one.", Border.NONE);
        assertThat(bytes(heard))
                .as("20 ms of the pause come at once, so that the last sound is not held back")
                .isEqualTo(joined(loud("one.", 0), silence(480)));
        written.write("two.", Border.PARAGRAPH);
        assertThat(bytes(heard))
                .as("and count")
                .isEqualTo(joined(loud("one.", 0), silence(720), loud("two.", 0), silence(480)));
        assertThat(over).isFalse();
        written.end();
        assertThat(over).isTrue();
        assertThat(written.turns).containsExactly(0, 1, 2);
        listening.dispose();
    }

    @Test
    void twoSegmentsAreFetchedWhileOneIsHeardAlsoIfTheyAreWrittenOnlyThen() {
        var written = new Written();
        var first = Sinks.many().unicast().<ByteBuffer>onBackpressureBuffer();
        ScriptedEngine engine = ScriptedEngine.of(request ->
                request.text().equals("0") ? first.asFlux() : Flux.just(ByteBuffer.wrap(loud(request.text(), 0))));
        StepVerifier.create(speech(engine, written).audio())
                .then(() -> written.write("0", Border.NONE))
                .then(() -> written.write("1", Border.NONE))
                .then(() -> assertThat(texts(engine))
                        .as("not before there is a sound")
                        .containsExactly("0"))
                .then(() -> first.tryEmitNext(ByteBuffer.wrap(loud("0", 0))).orThrow())
                .expectNextCount(1)
                .then(() -> assertThat(texts(engine)).containsExactly("0", "1"))
                .then(() -> written.write("2", Border.NONE))
                .then(() -> written.write("3", Border.NONE))
                .then(() -> assertThat(texts(engine)).containsExactly("0", "1", "2"))
                .then(() -> first.tryEmitComplete().orThrow())
                .expectNextCount(3)
                .then(written::end)
                .thenConsumeWhile(_ -> true)
                .verifyComplete();
    }

    @Test
    void cancellingEndsAllCallsAndNothingIsBegunAnyMore() {
        var written = new Written();
        ScriptedEngine engine = ScriptedEngine.of(request -> request.text().equals("0")
                ? Flux.just(ByteBuffer.wrap(loud("0", 0))).concatWith(Flux.never())
                : Flux.never());
        StepVerifier.create(speech(engine, written).audio())
                .then(() -> written.write("0", Border.NONE))
                .then(() -> written.write("1", Border.NONE))
                .expectNextCount(1)
                .then(() -> assertThat(engine.requests()).hasSize(2))
                .thenCancel()
                .verify();
        written.write("2", Border.NONE);
        assertThat(engine.requests()).hasSize(2);
        assertThat(engine.cancellations()).isEqualTo(2);
    }

    @Test
    void aSegmentThatFailsEndsTheSpeechAfterAllThatCameBefore() {
        var written = new Written();
        var why = new SpeechFailure.EngineFault("No.");
        ScriptedEngine engine = ScriptedEngine.of(request -> request.text().equals("bad")
                ? Flux.error(() -> new SpeechException(why))
                : Flux.just(ByteBuffer.wrap(loud(request.text(), 0))));
        written.write("good", Border.NONE);
        written.write("bad", Border.NONE);
        Speech speech = speech(engine, written);
        StepVerifier.create(speech.audio())
                .expectNextCount(1)
                .verifyErrorMatches(error -> error instanceof SpeechException failed
                        && failed.failure().equals(why));
        StepVerifier.create(speech.marks().map(SegmentMark::index))
                .expectNext(0, 1)
                .verifyComplete();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void atEveryBorderThereIsAtLeastThePauseAndEverySampleOfTheEngineIsThere(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 100; i++) {
            var written = new Written();
            int quiet = random.nextInt(800);
            for (int n = 0; n < 1 + random.nextInt(8); n++) {
                Border border = BORDERS.get(random.nextInt(BORDERS.size()));
                written.write("x".repeat(1 + random.nextInt(9)), n == 0 ? Border.NONE : border);
            }
            written.end();
            var expected = new ByteArrayOutputStream();
            for (SettledSegment part : written.settled) {
                int missing = expected.size() == 0 ? 0 : (int) Math.max(0, PAUSES.at(part.before()) - quiet);
                expected.writeBytes(silence(missing));
                expected.writeBytes(loud(part.segment().text(), quiet));
            }
            StepVerifier.create(speech(loudly(quiet), written).audio().collectList())
                    .assertNext(sound -> assertThat(bytes(sound)).isEqualTo(expected.toByteArray()))
                    .verifyComplete();
        }
    }

    private static List<String> texts(ScriptedEngine engine) {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }
}
