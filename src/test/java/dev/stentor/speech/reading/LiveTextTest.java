package dev.stentor.speech.reading;

import static dev.stentor.speech.reading.LiveTexts.bytes;
import static dev.stentor.speech.reading.LiveTexts.joined;
import static dev.stentor.speech.reading.LiveTexts.loud;
import static dev.stentor.speech.reading.LiveTexts.loudly;
import static dev.stentor.speech.reading.LiveTexts.silence;
import static dev.stentor.speech.reading.LiveTexts.speech;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.text.Border;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class LiveTextTest {

    @Test
    void whatIsWrittenIsSpokenBeforeTheTextEnds() {
        var written = new WrittenText();
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
        assertThat(written.nexts).containsExactly(0, 1, 2);
        listening.dispose();
    }

    @Test
    void twoSegmentsAreFetchedWhileOneIsHeardAlsoIfTheyAreWrittenOnlyThen() {
        var written = new WrittenText();
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
        var written = new WrittenText();
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
        var written = new WrittenText();
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

    private static List<String> texts(ScriptedEngine engine) {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }
}
