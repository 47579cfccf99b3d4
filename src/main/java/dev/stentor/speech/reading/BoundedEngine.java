package dev.stentor.speech.reading;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpeechSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An engine that gives no more sound than a bound allows for the text and its speed. At the bound it cancels the engine behind it, and the speech fails
 * with {@link dev.stentor.speech.SpeechFailure.Overlong}; all sound up to there was given. Thread-safe.
 *
 * @param engine speaks; closed by its owner
 * @param bound most sound of a text at speed 1
 * @param stats learns of each text whose sound was cut
 */
public record BoundedEngine(SpeechEngine engine, SoundBound bound, SoundBoundStats stats) implements SpeechEngine {

    @Override
    public Speech speak(SpeechRequest request) {
        Speech speech = engine.speak(request);
        int characters = request.text().length();
        SoundBound allowed = bound.atSpeed(request.speed());
        return Speech.once(() -> new Bounded(allowed.guard(speech.audio(), () -> characters, stats::overlong), speech))
                .withMarks(speech.marks());
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    /** Sound up to the bound, whose receipt is the engine's own. */
    private record Bounded(Flux<ByteBuffer> audio, Speech speech) implements SpeechSource {
        @Override
        public Mono<Receipt> receipt(Receipt.Ending ending) {
            return speech.receipt();
        }
    }
}
