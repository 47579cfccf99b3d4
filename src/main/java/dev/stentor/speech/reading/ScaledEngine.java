package dev.stentor.speech.reading;

import dev.stentor.audio.TimeScaler;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpeechSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An engine that speaks at any speed, over one that speaks at its own: it has the text spoken at speed 1, and changes the length of the
 * sound, at the same pitch. The positions of marks and words, and the receipt, are those of the sound that is given. Thread-safe. See ADR 43.
 */
public final class ScaledEngine implements SpeechEngine {

    private final SpeechEngine engine;
    private final SpeechEngine normal;
    private final Predicate<SpeechRequest> natively;

    /** Puts an engine behind it that knows no speed. */
    public ScaledEngine(SpeechEngine engine) {
        this(engine, engine, _ -> false);
    }

    /**
     * Puts an engine behind it that knows speeds, for some requests at least.
     *
     * @param engine speaks at speed 1, and what it speaks at other speeds by itself
     * @param normal speaks at speed 1 what is scaled, such as from recordings
     * @param natively tells whether the engine speaks a request at its speed by itself
     */
    public ScaledEngine(SpeechEngine engine, SpeechEngine normal, Predicate<SpeechRequest> natively) {
        this.engine = engine;
        this.normal = normal;
        this.natively = natively;
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    @Override
    public Speech speak(SpeechRequest request) {
        double speed = request.speed();
        if (speed == 1 || natively.test(request)) {
            return engine.speak(request);
        }
        Speech speech = normal.speak(request.atSpeed(1));
        var scaled = new Scaled(speech, speed);
        return Speech.once(() -> scaled)
                .withMarks(speech.marks().map(mark -> mark.moved(sample -> TimeScaler.scaled(sample, speed))));
    }

    /** Sound at another speed. Its counter is atomic, because a cancellation may come on another thread than the sound. */
    private static final class Scaled implements SpeechSource {

        private final Speech speech;
        private final TimeScaler scaler;
        private final AtomicLong samples = new AtomicLong();

        private Scaled(Speech speech, double speed) {
            this.speech = speech;
            this.scaler = new TimeScaler(speed);
        }

        @Override
        public Flux<ByteBuffer> audio() {
            return speech.audio()
                    .map(scaler::scale)
                    .concatWith(Mono.fromSupplier(scaler::finish))
                    .filter(ByteBuffer::hasRemaining)
                    .doOnNext(buffer -> samples.addAndGet(buffer.remaining() / Short.BYTES));
        }

        /** Returns the engine's receipt for what was given; a file of the engine's holds another speed, and is not named. */
        @Override
        public Mono<Receipt> receipt(Receipt.Ending ending) {
            long given = samples.get();
            return speech.receipt().map(told -> new Receipt(told.requestId(), given, told.characters(), ending, null));
        }
    }
}
