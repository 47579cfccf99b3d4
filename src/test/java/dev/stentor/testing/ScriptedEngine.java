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
import reactor.core.scheduler.Schedulers;

/** A fake engine that speaks what a test scripted, and records its calls. Thread-safe. */
public final class ScriptedEngine implements SpeechEngine {

    private final Function<SpeechRequest, Flux<ByteBuffer>> script;
    private final List<SpeechRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancellations = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();

    private ScriptedEngine(Function<SpeechRequest, Flux<ByteBuffer>> script) {
        this.script = script;
    }

    /** Creates an engine that speaks what the script returns for a request; demand is honoured as far as that publisher does. */
    public static ScriptedEngine of(Function<SpeechRequest, Flux<ByteBuffer>> script) {
        return new ScriptedEngine(script);
    }

    /** Creates an engine that speaks these bytes for every request, in buffers of {@code chunkBytes}. */
    public static ScriptedEngine speaking(byte[] audio, int chunkBytes) {
        return of(request -> Flux.fromIterable(Signals.chunks(audio, chunkBytes)));
    }

    /** Creates an engine that speaks silence for ever, on a thread of its own as a service does. */
    public static ScriptedEngine endless(int chunkBytes) {
        return of(_ -> Flux.<ByteBuffer>generate(
                        sink -> sink.next(ByteBuffer.allocate(chunkBytes).asReadOnlyBuffer()))
                .publishOn(Schedulers.parallel(), 1));
    }

    /** Creates an engine that speaks these bytes and then fails. */
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

    /** Returns the requests that were spoken, in the order of subscription. */
    public List<SpeechRequest> requests() {
        return List.copyOf(requests);
    }

    /** Returns the number of cancelled subscriptions. */
    public int cancellations() {
        return cancellations.get();
    }

    /** Returns the sum of all demand. */
    public long requested() {
        return requested.get();
    }

    private static Receipt receipt(SpeechRequest request, long samples, Receipt.Ending ending) {
        return new Receipt("scripted-request", samples, request.text().length(), ending, null);
    }
}
