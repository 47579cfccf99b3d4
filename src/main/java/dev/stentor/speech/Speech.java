package dev.stentor.speech;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One request being spoken.
 *
 * @param audio the sound, 24 kHz mono 16-bit little-endian. Every buffer is read-only, on the heap, never pooled, not empty and
 *     holds whole samples between position and limit; readers {@code duplicate()} before they move it. Signals come on threads
 *     of the engine.
 * @param receipt what became of it. Needs no subscriber for the audio to flow; emits after the audio has ended or was cancelled,
 *     fails with the audio's own {@link SpeechException}, may be subscribed to any number of times, at any time
 * @param marks where the parts of the text begin in the sound, in order. Each is emitted before the first buffer of its part;
 *     those that were are repeated to every new subscriber. Completes with the audio, in whatever way that ends; empty if the
 *     engine cannot tell
 */
public record Speech(Flux<ByteBuffer> audio, Mono<Receipt> receipt, Flux<SegmentMark> marks) {

    /** Speech without marks. */
    public Speech(Flux<ByteBuffer> audio, Mono<Receipt> receipt) {
        this(audio, receipt, Flux.empty());
    }

    /**
     * Creates speech whose audio can be subscribed to once: a second subscriber gets an {@link IllegalStateException}, and the first
     * does not notice. The receipt is the source's own if the audio completes or is cancelled, and the audio's failure if it fails;
     * whichever comes first counts.
     *
     * @param begin makes the source; called with the first subscription, never before
     */
    public static Speech once(Supplier<? extends SpeechSource> begin) {
        var begun = new AtomicBoolean();
        Sinks.One<Mono<Receipt>> ended = Sinks.one();
        Flux<ByteBuffer> audio = Flux.defer(() -> begun.compareAndSet(false, true)
                ? heard(begin.get(), ended)
                : Flux.error(new IllegalStateException("The audio can be subscribed to once.")));
        return new Speech(audio, ended.asMono().flatMap(Function.identity()));
    }

    private static Flux<ByteBuffer> heard(SpeechSource source, Sinks.One<Mono<Receipt>> ended) {
        return source.audio()
                .doOnComplete(() -> ended.tryEmitValue(source.receipt(Receipt.Ending.COMPLETE)))
                .doOnError(error -> ended.tryEmitValue(Mono.error(error)))
                .doOnCancel(() -> ended.tryEmitValue(source.receipt(Receipt.Ending.CANCELLED)));
    }

    /** Returns the same speech with these marks. */
    public Speech withMarks(Flux<SegmentMark> newMarks) {
        return new Speech(audio, receipt, newMarks);
    }

    /** Speech that fails at once, before anything was done. */
    public static Speech failed(SpeechFailure failure) {
        return new Speech(
                Flux.error(() -> new SpeechException(failure)), Mono.error(() -> new SpeechException(failure)));
    }
}
