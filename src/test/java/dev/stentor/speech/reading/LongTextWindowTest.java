package dev.stentor.speech.reading;

import static dev.stentor.speech.reading.LongTexts.TEXT;
import static dev.stentor.speech.reading.LongTexts.engineOf;
import static dev.stentor.speech.reading.LongTexts.longText;
import static dev.stentor.speech.reading.LongTexts.spelled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.SpelledOut;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The number of segments of a long text that are fetched ahead of demand. */
class LongTextWindowTest {

    private static final SpeechRequest REQUEST = SpeechRequest.of(TEXT);

    private final ScriptedEngine parts = ScriptedEngine.of(LongTexts::spelled);
    private final LongText engine = longText(parts);

    @Test
    void nothingBeginsBeforeItIsAskedForAndNothingBehindTheWindow() {
        Speech speech = engine.speak(REQUEST);
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
        StepVerifier.create(longText(endless).speak(REQUEST).audio())
                .expectNextCount(1)
                .thenCancel()
                .verify();
        assertThat(endless.requests()).hasSize(3);
        assertThat(endless.cancellations()).isEqualTo(3);
    }

    @Test
    void aSegmentThatIsStillComingIsHeardAsItComes() {
        var source = Sinks.many().unicast().<ByteBuffer>onBackpressureBuffer();
        var engine =
                engineOf((index, text) -> index == 1 ? source.asFlux() : Flux.fromIterable(SpelledOut.buffers(text)));
        StepVerifier.create(longText(engine).speak(REQUEST).audio().filter(buffer -> buffer.remaining() == 2))
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
        StepVerifier.create(longText(engine).speak(REQUEST).audio())
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
        new LongText(
                        engine,
                        _ -> TextLimit.characters(600),
                        LongText.AHEAD,
                        LongText.Recorder.NONE,
                        SoundBound.STANDARD,
                        () -> {})
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
}
