package dev.stentor.speech.billing;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;
import java.nio.ByteBuffer;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * An engine that holds the reserved characters of a text as long as it is being spoken, whoever still listens, new attempts included.
 * Thread-safe.
 */
public final class SettlingEngine implements SpeechEngine {

    private final SpeechEngine engine;

    /** Puts an engine behind it that calls a {@link BilledEngine}. */
    public SettlingEngine(SpeechEngine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Charge charge = request.charge();
        Speech speech = engine.speak(request);
        if (!charge.isCounted()) {
            return speech;
        }
        Flux<ByteBuffer> audio = Flux.defer(() -> {
                    charge.begin();
                    return speech.audio();
                })
                .doOnTerminate(charge::end)
                .doFinally(_ -> charge.end()); // after a cancellation has reached the engine
        return new Speech(audio, speech.receipt(), speech.marks());
    }
}
