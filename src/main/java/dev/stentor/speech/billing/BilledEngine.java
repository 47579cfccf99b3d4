package dev.stentor.speech.billing;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;
import dev.stentor.usage.Service;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/**
 * A service or an engine whose characters are paid for: each call counts what its receipt says. A call that failed before its first
 * sound counts nothing; one that failed later counts the whole text, since the service does not say. Thread-safe.
 */
public final class BilledEngine implements SpeechEngine {

    private final SpeechEngine engine;
    private final String upstream;
    private final String assumedModel;

    /**
     * Puts an engine behind it.
     *
     * @param upstream name of the service or engine, under which it is counted
     * @param assumedModel name of the model of requests that name none
     */
    public BilledEngine(SpeechEngine engine, String upstream, String assumedModel) {
        this.engine = engine;
        this.upstream = upstream;
        this.assumedModel = assumedModel;
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Speech speech = engine.speak(request);
        if (!request.charge().isCounted()) {
            return speech;
        }
        var call = new Call(request, speech);
        Flux<ByteBuffer> audio = speech.audio()
                .doOnNext(_ -> call.sounded = true)
                .doOnComplete(call::told)
                .doOnError(_ -> call.failed())
                .doFinally(signal -> {
                    if (signal == SignalType.CANCEL) {
                        call.told();
                    }
                });
        return new Speech(audio, speech.receipt(), speech.marks());
    }

    /** One call. Belongs to one subscription. */
    private final class Call {

        private final Charge charge;
        private final Speech speech;
        private final Service service;
        private final long estimate;
        private final AtomicBoolean counted = new AtomicBoolean();
        private volatile boolean sounded;

        private Call(SpeechRequest request, Speech speech) {
            String model = request.model();
            this.charge = request.charge();
            this.speech = speech;
            this.service = new Service(model == null ? assumedModel : model, upstream);
            this.estimate = BilledCharacters.of(request.text());
        }

        /** Counts what the receipt says, which is there now or soon. */
        private void told() {
            var _ = speech.receipt()
                    .map(Receipt::characters)
                    .subscribe(this::count, unknown -> count(estimate), () -> count(estimate));
        }

        private void failed() {
            count(sounded ? estimate : 0);
        }

        private void count(long characters) {
            if (counted.compareAndSet(false, true)) {
                charge.paid(service, characters);
            }
        }
    }
}
