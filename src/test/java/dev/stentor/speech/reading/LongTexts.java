package dev.stentor.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.Truncated;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.SpelledOut;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/** A long text, engines for its segments, and their failures. */
final class LongTexts {

    static final TextLimit LIMIT = TextLimit.characters(60);
    static final String TEXT = SpelledOut.text(1_000);
    static final SpeechFailure CUT = new Truncated("Cut off.", 1);

    private LongTexts() {}

    static Flux<ByteBuffer> spelled(SpeechRequest request) {
        return Flux.fromIterable(SpelledOut.buffers(request.text()));
    }

    static LongText longText(SpeechEngine parts) {
        return new LongText(parts, _ -> LIMIT, LongText.AHEAD, LongText.Recorder.NONE, SoundBound.STANDARD, () -> {});
    }

    interface SegmentList {
        Flux<ByteBuffer> speak(int index, String text);
    }

    /** Creates an engine that gives each call the next index. */
    static ScriptedEngine engineOf(SegmentList script) {
        var calls = new AtomicInteger();
        return ScriptedEngine.of(request -> script.speak(calls.getAndIncrement(), request.text()));
    }

    static Flux<ByteBuffer> failing(SpeechFailure failure) {
        return Flux.error(() -> new SpeechException(failure));
    }

    static void isCut(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        SpeechException.class,
                        failed -> assertThat(failed.failure()).isEqualTo(CUT));
    }
}
