package dev.stentor.testing;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An engine that says what a test wrote down, and remembers what it was asked. Thread-safe. */
public final class ScriptedEngine implements SpeechEngine {

    private final Function<SpeechRequest, Flux<ByteBuffer>> script;
    private final List<SpeechRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancellations = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();

    private ScriptedEngine(Function<SpeechRequest, Flux<ByteBuffer>> script) {
        this.script = script;
    }

    /** Whatever the script gives for a request; it honours demand as far as the script's publisher does. */
    public static ScriptedEngine of(Function<SpeechRequest, Flux<ByteBuffer>> script) {
        return new ScriptedEngine(script);
    }

    /** These bytes for every request, in buffers of {@code chunkBytes}. */
    public static ScriptedEngine speaking(byte[] audio, int chunkBytes) {
        return of(request -> Flux.fromIterable(Signals.chunks(audio, chunkBytes)));
    }

    /** These bytes, then the failure. */
    public static ScriptedEngine failingAfter(byte[] audio, int chunkBytes, SpeechFailure failure) {
        return of(request -> Flux.fromIterable(Signals.chunks(audio, chunkBytes))
                .concatWith(Flux.error(() -> new SpeechException(failure))));
    }

    @Override
    public Speech speak(SpeechRequest request) {
        if (request.text().isBlank()) {
            return Speech.failed(new SpeechFailure.InvalidInput("text", "There is no text to speak."));
        }
        Sinks.One<Receipt> receipt = Sinks.one();
        AtomicLong samples = new AtomicLong();
        AtomicInteger subscribers = new AtomicInteger();
        Flux<ByteBuffer> audio = Flux.defer(() -> {
            if (subscribers.getAndIncrement() > 0) {
                return Flux.error(new IllegalStateException("The audio can be subscribed to once."));
            }
            requests.add(request);
            return script.apply(request)
                    .doOnRequest(requested::addAndGet)
                    .doOnNext(buffer -> samples.addAndGet(buffer.remaining() / 2))
                    .doOnComplete(() -> receipt.tryEmitValue(receipt(request, samples.get(), Receipt.Ending.COMPLETE)))
                    .doOnError(receipt::tryEmitError)
                    .doOnCancel(() -> {
                        cancellations.incrementAndGet();
                        receipt.tryEmitValue(receipt(request, samples.get(), Receipt.Ending.CANCELLED));
                    });
        });
        return new Speech(audio, Mono.defer(receipt::asMono));
    }

    /** What was spoken, in the order of subscription. */
    public List<SpeechRequest> requests() {
        return List.copyOf(requests);
    }

    /** How often a subscriber lost interest. */
    public int cancellations() {
        return cancellations.get();
    }

    /** Sum of all demand. */
    public long requested() {
        return requested.get();
    }

    private static Receipt receipt(SpeechRequest request, long samples, Receipt.Ending ending) {
        return new Receipt("scripted-request", samples, request.text().length(), ending, null);
    }
}
