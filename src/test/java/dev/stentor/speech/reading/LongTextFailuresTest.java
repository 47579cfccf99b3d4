package dev.stentor.speech.reading;

import static dev.stentor.speech.SpeechEngineContract.all;
import static dev.stentor.speech.SpeechEngineContract.bytes;
import static dev.stentor.speech.reading.LongTexts.CUT;
import static dev.stentor.speech.reading.LongTexts.TEXT;
import static dev.stentor.speech.reading.LongTexts.engineOf;
import static dev.stentor.speech.reading.LongTexts.failing;
import static dev.stentor.speech.reading.LongTexts.longText;
import static dev.stentor.speech.reading.LongTexts.spelled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.testing.SpelledOut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Segments of a long text that fail: heard or not yet, once or for good. */
class LongTextFailuresTest {

    private static final SpeechRequest REQUEST = SpeechRequest.of(TEXT);

    @Test
    void aFailureThatNobodyHeardIsRepairedEvenIfTheSoundIsAnotherOne() {
        var noise = new AtomicInteger();
        var engine = engineOf((index, text) -> index % 3 == 1
                ? Flux.fromIterable(Signals.chunks(Signals.selfIndexing(noise.incrementAndGet(), 100), 64))
                        .concatWith(failing(CUT))
                : Flux.fromIterable(SpelledOut.buffers(text)));
        assertThat(bytes(all(longText(engine).speak(REQUEST)))).isEqualTo(SpelledOut.of(TEXT));
        assertThat(noise).hasValueGreaterThan(5);
    }

    @Test
    void aFailureInWhatIsHeardEndsTheSpeechThere() {
        var source = Sinks.many().unicast().<ByteBuffer>onBackpressureBuffer();
        var engine =
                engineOf((index, text) -> index == 0 ? source.asFlux() : Flux.fromIterable(SpelledOut.buffers(text)));
        Speech speech = longText(engine).speak(REQUEST);
        StepVerifier.create(speech.audio())
                .then(() -> source.tryEmitNext(ByteBuffer.allocate(2)).orThrow())
                .expectNextCount(1)
                .then(() -> source.tryEmitError(new SpeechException(CUT)).orThrow())
                .verifyErrorSatisfies(LongTexts::isCut);
        StepVerifier.create(speech.receipt()).verifyErrorSatisfies(LongTexts::isCut);
        StepVerifier.create(speech.marks()).expectNextCount(1).verifyComplete();
    }

    @Test
    void aSegmentThatFailsForGoodEndsTheSpeechAfterAllBeforeIt() {
        var spoken = new AtomicInteger();
        var engine = ScriptedEngine.of(request -> request.text().contains("sentence 10,")
                ? spelled(request).take(1).concatWith(failing(CUT)).doOnSubscribe(_ -> spoken.incrementAndGet())
                : spelled(request));
        Speech speech = longText(engine).speak(REQUEST);
        var heard = new ArrayList<ByteBuffer>();
        StepVerifier.create(speech.audio().doOnNext(heard::add))
                .thenConsumeWhile(_ -> true)
                .verifyErrorSatisfies(LongTexts::isCut);
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
        StepVerifier.create(longText(engine).speak(REQUEST).audio())
                .thenConsumeWhile(_ -> true)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure()).isEqualTo(wrong)));
        assertThat(engine.requests()).hasSize(3);
    }
}
