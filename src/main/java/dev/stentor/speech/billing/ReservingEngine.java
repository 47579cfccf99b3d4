package dev.stentor.speech.billing;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpeechSource;
import dev.stentor.usage.Charge;
import dev.stentor.usage.QuotaException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An engine that reserves the characters of each text before it is spoken, and gives back what was not spent. Fails with {@link
 * SpeechFailure.OverQuota} if the caller does not have them. Texts that nobody is charged for pass as they are. Thread-safe.
 */
public final class ReservingEngine implements SpeechEngine {

    private final SpeechEngine engine;
    private final boolean calls;
    private final String assumedModel;

    private ReservingEngine(SpeechEngine engine, boolean calls, String assumedModel) {
        this.engine = engine;
        this.calls = calls;
        this.assumedModel = assumedModel;
    }

    /**
     * Puts an engine that keeps or shares sound behind it, or one that calls a service for each text. A text for which no {@link
     * SettlingEngine} was called counts as shared.
     *
     * @param assumedModel name of the model of requests that name none
     */
    public static ReservingEngine ofCalls(SpeechEngine engine, String assumedModel) {
        return new ReservingEngine(engine, true, assumedModel);
    }

    /** Puts an engine behind it that speaks a text in parts, each through an engine {@linkplain #ofCalls of calls}. */
    public static ReservingEngine ofTexts(SpeechEngine engine) {
        return new ReservingEngine(engine, false, "");
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    @Override
    public Speech speak(SpeechRequest request) {
        if (!request.charge().isCounted()) {
            return engine.speak(request);
        }
        Charge charge = request.charge().part();
        var reserved = new Reserved(request, charge, engine.speak(request.chargedTo(charge)));
        Speech speech = Speech.once(() -> reserved);
        return speech.withMarks(
                reserved.speech.marks().takeUntilOther(speech.receipt().onErrorComplete()));
    }

    /** Speech whose characters are reserved first. Belongs to one subscription. */
    private final class Reserved implements SpeechSource {

        private final SpeechRequest request;
        private final long characters;
        private final Charge charge;
        private final Speech speech;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean asked;
        private volatile boolean sounded;

        private Reserved(SpeechRequest request, Charge charge, Speech speech) {
            this.request = request;
            this.characters = BilledCharacters.of(request.text());
            this.charge = charge;
            this.speech = speech;
        }

        @Override
        public Flux<ByteBuffer> audio() {
            return charge.reserve(characters)
                    .onErrorMap(
                            QuotaException.class, refused -> new SpeechException(SpeechFailure.OverQuota.of(refused)))
                    .thenMany(Flux.defer(() -> {
                        asked = true;
                        return speech.audio();
                    }))
                    .doOnNext(_ -> sounded = true)
                    .doOnError(_ -> settle(false))
                    .doOnComplete(() -> settle(true))
                    .doFinally(_ -> settle(sounded));
        }

        /** Ends the charge, unless an engine was called: then that ends it, which may be later than this. */
        private void settle(boolean spoken) {
            if (!over.compareAndSet(false, true) || (calls && charge.hasBegun())) {
                return;
            }
            if (calls && spoken) {
                String model = request.model();
                charge.shared(model == null ? assumedModel : model, characters);
            }
            charge.end();
        }

        @Override
        public Mono<Receipt> receipt(Receipt.Ending ending) {
            return asked ? speech.receipt() : Mono.just(new Receipt("", 0, 0, ending, null));
        }
    }
}
