package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stentor.speech.SpeechFailure.Truncated;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.testing.SpelledOut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class LongTextTest extends SpeechEngineContract {

    private static final TextLimit LIMIT = TextLimit.characters(60);
    private static final String TEXT = SpelledOut.text(1_000);
    private static final SpeechFailure CUT = new Truncated("Cut off.", 1);

    private final ScriptedEngine parts = ScriptedEngine.of(LongTextTest::spelled);
    private final LongText engine = longText(parts);

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of(TEXT);
    }

    @Test
    void theSegmentsAreJoinedInOrderAndToTheSample() {
        assertThat(bytes(all(engine.speak(request())))).isEqualTo(SpelledOut.of(TEXT));
        assertThat(parts.requests())
                .hasSizeGreaterThan(15)
                .allMatch(part -> LIMIT.fits(part.text()))
                .extracting(SpeechRequest::text)
                .allMatch(TEXT::contains);
    }

    @Test
    void segmentsAreSpokenAsTheWholeWouldBe() {
        var request = new SpeechRequest(TEXT, "m", "v", "English", "slowly", true, true);
        var _ = all(engine.speak(request));
        assertThat(parts.requests())
                .allSatisfy(part -> assertThat(part.withText(TEXT)).isEqualTo(request));
    }

    @Test
    void marksSayWhereEachSegmentBeginsAlsoToThoseWhoComeLate() {
        Speech speech = engine.speak(request());
        byte[] sound = bytes(all(speech));
        List<SegmentMark> marks =
                Objects.requireNonNull(speech.marks().collectList().block());
        assertThat(marks).hasSize(parts.requests().size());
        for (int i = 0; i < marks.size(); i++) {
            SegmentMark mark = marks.get(i);
            assertThat(mark.index()).isEqualTo(i);
            assertThat(mark.count()).isEqualTo(marks.size());
            String before = TEXT.substring(0, mark.from());
            assertThat(mark.firstSample()).isEqualTo(SpelledOut.of(before).length / 2);
            byte[] segment = SpelledOut.of(TEXT.substring(mark.from(), mark.to()));
            int from = (int) mark.firstSample() * 2;
            assertThat(Arrays.copyOfRange(sound, from, from + segment.length)).isEqualTo(segment);
        }
    }

    @Test
    void theMarkComesBeforeTheSoundOfItsSegment() {
        Speech speech = engine.speak(request());
        var last = new AtomicInteger(-1);
        List<Integer> heardAfter = new ArrayList<>();
        speech.marks().subscribe(mark -> last.set(mark.index()));
        speech.audio().doOnNext(_ -> heardAfter.add(last.get())).blockLast();
        assertThat(heardAfter)
                .isSorted()
                .startsWith(0)
                .endsWith(parts.requests().size() - 1);
    }

    @Test
    void theReceiptAddsUp() {
        Speech speech = engine.speak(request());
        var _ = all(speech);
        long characters = parts.requests().stream()
                .mapToLong(part -> part.text().length())
                .sum();
        assertThat(speech.receipt().block())
                .isEqualTo(new Receipt(
                        "scripted-request", SpelledOut.of(TEXT).length / 2, characters, Receipt.Ending.COMPLETE, null));
    }

    @Test
    void aTextThatFitsGoesToTheEngineAsItIs() {
        Speech speech = engine.speak(SpeechRequest.of(" Short. "));
        assertThat(bytes(all(speech))).isEqualTo(SpelledOut.of("Short."));
        assertThat(parts.requests()).containsExactly(SpeechRequest.of(" Short. "));
        StepVerifier.create(speech.marks())
                .expectNext(new SegmentMark(0, 1, 0, 8, 0))
                .verifyComplete();
    }

    @Test
    void blanksBeyondTheLimitAreNoText() {
        for (String blank : List.of(" ".repeat(100), "\u00a0".repeat(100))) {
            assertThat(engine.objection(SpeechRequest.of(blank))).isPresent();
            StepVerifier.create(engine.speak(SpeechRequest.of(blank)).audio()).verifyError(SpeechException.class);
        }
    }

    @Test
    void anObjectionIsThatToTheFirstSegment() {
        var picky = new LongText(new Picky(), _ -> LIMIT, LongText.AHEAD, LongText.Recorder.NONE);
        assertThat(picky.objection(request())).isEmpty();
        assertThat(picky.objection(SpeechRequest.of("Forbidden. " + TEXT))).isPresent();
        assertThat(picky.objection(SpeechRequest.of(" ".repeat(1_000) + "Forbidden." + TEXT)))
                .isPresent();
    }

    private static final class Picky implements SpeechEngine {

        @Override
        public Speech speak(SpeechRequest request) {
            return Speech.failed(CUT);
        }

        @Override
        public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
            return request.text().startsWith("Forbidden")
                    ? Optional.of(new SpeechFailure.InvalidInput("text", "No."))
                    : Optional.empty();
        }
    }

    @Test
    void nothingBeginsBeforeItIsAskedForAndNothingBehindTheWindow() {
        Speech speech = engine.speak(request());
        assertThat(parts.requests()).isEmpty();
        StepVerifier.create(speech.audio(), 0)
                .then(() -> assertThat(parts.requests()).isEmpty())
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(parts.requests()).as("and two ahead").hasSize(3))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(parts.requests()).hasSize(3))
                .thenCancel()
                .verify();
    }

    @Test
    void cancellingCancelsAllThatIsFetched() {
        var endless = ScriptedEngine.of(request -> spelled(request).concatWith(Flux.never()));
        StepVerifier.create(longText(endless).speak(request()).audio())
                .expectNextCount(1)
                .thenCancel()
                .verify();
        assertThat(endless.requests()).hasSize(3);
        assertThat(endless.cancellations()).isEqualTo(3);
    }

    @Test
    void aFailureThatNobodyHeardIsRepairedEvenIfTheSoundIsAnotherOne() {
        var noise = new AtomicInteger();
        var engine = engineOf((index, text) -> index % 3 == 1
                ? Flux.fromIterable(Signals.chunks(Signals.selfIndexing(noise.incrementAndGet(), 100), 64))
                        .concatWith(failing(CUT))
                : Flux.fromIterable(SpelledOut.buffers(text)));
        assertThat(bytes(all(longText(engine).speak(request())))).isEqualTo(SpelledOut.of(TEXT));
        assertThat(noise).hasValueGreaterThan(5);
    }

    @Test
    void aFailureInWhatIsHeardEndsTheSpeechThere() {
        var source = Sinks.many().unicast().<ByteBuffer>onBackpressureBuffer();
        var engine =
                engineOf((index, text) -> index == 0 ? source.asFlux() : Flux.fromIterable(SpelledOut.buffers(text)));
        Speech speech = longText(engine).speak(request());
        StepVerifier.create(speech.audio())
                .then(() -> source.tryEmitNext(ByteBuffer.allocate(2)).orThrow())
                .expectNextCount(1)
                .then(() -> source.tryEmitError(new SpeechException(CUT)).orThrow())
                .verifyErrorSatisfies(LongTextTest::isCut);
        StepVerifier.create(speech.receipt()).verifyErrorSatisfies(LongTextTest::isCut);
        StepVerifier.create(speech.marks()).expectNextCount(1).verifyComplete();
    }

    @Test
    void aSegmentThatFailsForGoodEndsTheSpeechAfterAllBeforeIt() {
        var spoken = new AtomicInteger();
        var engine = ScriptedEngine.of(request -> request.text().contains("sentence 10,")
                ? spelled(request).take(1).concatWith(failing(CUT)).doOnSubscribe(_ -> spoken.incrementAndGet())
                : spelled(request));
        Speech speech = longText(engine).speak(request());
        var heard = new ArrayList<ByteBuffer>();
        StepVerifier.create(speech.audio().doOnNext(heard::add))
                .thenConsumeWhile(_ -> true)
                .verifyErrorSatisfies(LongTextTest::isCut);
        SegmentMark failing = Objects.requireNonNull(speech.marks().blockLast());
        assertThat(TEXT.substring(failing.from(), failing.to())).contains("sentence 10,");
        assertThat(bytes(heard)).isEqualTo(SpelledOut.of(TEXT.substring(0, failing.from())));
        assertThat(spoken).as("it was tried three times").hasValue(3);
    }

    @Test
    void aFailureThatNothingHelpsAgainstIsNotRepeated() {
        var wrong = new SpeechFailure.InvalidInput("voice", "No such voice.");
        var engine = engineOf((index, text) -> index == 1
                ? Flux.fromIterable(SpelledOut.buffers(text)).concatWith(failing(wrong))
                : Flux.fromIterable(SpelledOut.buffers(text)));
        StepVerifier.create(longText(engine).speak(request()).audio())
                .thenConsumeWhile(_ -> true)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure()).isEqualTo(wrong)));
        assertThat(engine.requests()).hasSize(3);
    }

    @Test
    void aSegmentThatIsStillComingIsHeardAsItComes() {
        var source = Sinks.many().unicast().<ByteBuffer>onBackpressureBuffer();
        var engine =
                engineOf((index, text) -> index == 1 ? source.asFlux() : Flux.fromIterable(SpelledOut.buffers(text)));
        StepVerifier.create(longText(engine).speak(request()).audio().filter(buffer -> buffer.remaining() == 2))
                .then(() -> source.tryEmitNext(ByteBuffer.allocate(2)).orThrow())
                .expectNextCount(1)
                .then(() -> source.tryEmitNext(ByteBuffer.allocate(2)).orThrow())
                .expectNextCount(1)
                .thenCancel()
                .verify();
    }

    @Test
    void aSegmentWithoutEndIsNotHeldWithoutEnd() {
        var megabytes = new AtomicInteger();
        var engine = engineOf((index, text) -> index == 0
                ? Flux.fromIterable(SpelledOut.buffers(text)).concatWith(Flux.never())
                : Flux.generate(sink -> {
                    megabytes.incrementAndGet();
                    sink.next(ByteBuffer.allocate(1 << 20));
                }));
        StepVerifier.create(longText(engine).speak(request()).audio())
                .expectNextCount(1)
                .then(() -> assertThat(megabytes).hasValue(2 * 8))
                .thenCancel()
                .verify();
        assertThat(engine.cancellations()).isEqualTo(3);
    }

    @Test
    void aTextOf200_000CharactersFlowsThroughASmallWindow() {
        String text = SpelledOut.text(200_000);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var engine = ScriptedEngine.of(request -> spelled(request)
                .doOnSubscribe(_ -> most.accumulateAndGet(running.incrementAndGet(), Math::max))
                .doFinally(_ -> running.decrementAndGet()));
        var position = new AtomicInteger();
        byte[] expected = SpelledOut.of(text);
        new LongText(engine, TextLimit::ofQwen, LongText.AHEAD, LongText.Recorder.NONE)
                .speak(SpeechRequest.of(text))
                .audio()
                .doOnNext(buffer -> {
                    int from = position.getAndAdd(buffer.remaining());
                    assertThat(buffer).isEqualTo(ByteBuffer.wrap(expected, from, buffer.remaining()));
                })
                .blockLast();
        assertThat(position).hasValue(expected.length);
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void onlyAWholeTextThatWasSplitIsRecorded() {
        var recorded = new ArrayList<SpeechRequest>();
        var recording = new LongText(parts, _ -> LIMIT, 2, (request, speech) -> {
            recorded.add(request);
            return speech;
        });
        var _ = all(recording.speak(SpeechRequest.of("Short.")));
        assertThat(recorded).isEmpty();
        var _ = all(recording.speak(request()));
        assertThat(recorded).containsExactly(request());
    }

    @Test
    void theRestIsSpokenFromAMarkOnWithoutTheBeginning() {
        Speech whole = engine.speak(request());
        byte[] sound = bytes(all(whole));
        SegmentMark mark = Objects.requireNonNull(whole.marks().elementAt(7).block());
        int before = parts.requests().size();
        Speech rest = engine.speakFrom(request(), mark);
        assertThat(bytes(all(rest))).isEqualTo(Arrays.copyOfRange(sound, (int) mark.firstSample() * 2, sound.length));
        assertThat(parts.requests()).hasSize(before + before - 7);
        assertThat(rest.marks().collectList().block())
                .isEqualTo(whole.marks().skip(7).collectList().block());
        assertThatIllegalArgumentException().isThrownBy(() -> engine.speakFrom(SpeechRequest.of("Short."), mark));
    }

    @Test
    void theSoundBeforeAMarkCanBeLeftOut() {
        Speech whole = engine.speak(request());
        byte[] sound = bytes(all(whole));
        SegmentMark mark = Objects.requireNonNull(whole.marks().elementAt(5).block());
        Speech rest = LongText.from(engine.speak(request()), 5);
        StepVerifier.create(rest.audio(), 1).expectNextCount(1).thenCancel().verify();
        Speech again = LongText.from(engine.speak(request()), 5);
        byte[] heard = bytes(all(again));
        assertThat(heard).isEqualTo(Arrays.copyOfRange(sound, (int) mark.firstSample() * 2, sound.length));
        assertThat(again.marks().blockFirst()).isEqualTo(mark);
        assertThat(Objects.requireNonNull(again.receipt().block()).samples()).isEqualTo(heard.length / 2);
    }

    @Test
    void aMarkAmidABufferCutsItThere() {
        ByteBuffer buffer = ByteBuffer.wrap(Signals.selfIndexing(100)).asReadOnlyBuffer();
        var speech = new Speech(
                Flux.just(buffer.duplicate(), buffer.duplicate()),
                engine.speak(request()).receipt(),
                Flux.just(new SegmentMark(0, 2, 0, 1, 0), new SegmentMark(1, 2, 1, 2, 130)));
        assertThat(bytes(all(LongText.from(speech, 1)))).isEqualTo(Signals.selfIndexing(30, 70));
    }

    private static Flux<ByteBuffer> spelled(SpeechRequest request) {
        return Flux.fromIterable(SpelledOut.buffers(request.text()));
    }

    private static LongText longText(SpeechEngine parts) {
        return new LongText(parts, _ -> LIMIT, LongText.AHEAD, LongText.Recorder.NONE);
    }

    private interface Script {
        Flux<ByteBuffer> speak(int index, String text);
    }

    /** Each call has the next index. */
    private static ScriptedEngine engineOf(Script script) {
        var calls = new AtomicInteger();
        return ScriptedEngine.of(request -> script.speak(calls.getAndIncrement(), request.text()));
    }

    private static Flux<ByteBuffer> failing(SpeechFailure failure) {
        return Flux.error(() -> new SpeechException(failure));
    }

    private static void isCut(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        SpeechException.class,
                        failed -> assertThat(failed.failure()).isEqualTo(CUT));
    }
}
