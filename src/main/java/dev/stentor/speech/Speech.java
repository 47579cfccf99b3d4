package dev.stentor.speech;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    /** Speech that fails at once, before anything was done. */
    public static Speech failed(SpeechFailure failure) {
        return new Speech(
                Flux.error(() -> new SpeechException(failure)), Mono.error(() -> new SpeechException(failure)));
    }
}
