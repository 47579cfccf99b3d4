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
 */
public record Speech(Flux<ByteBuffer> audio, Mono<Receipt> receipt) {

    /** Speech that fails at once, before anything was done. */
    public static Speech failed(SpeechFailure failure) {
        return new Speech(
                Flux.error(() -> new SpeechException(failure)), Mono.error(() -> new SpeechException(failure)));
    }
}
