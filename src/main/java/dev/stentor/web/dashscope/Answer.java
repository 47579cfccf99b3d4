package dev.stentor.web.dashscope;

import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/** The stream of frames that answers one request. Its state is confined to one subscription, inside its serialized signals. */
final class Answer {

    private final String requestId;
    private final FrameEncoder encoder;
    private final Duration heartbeat;
    private final Scheduler scheduler;
    private boolean begun;
    private boolean quiet = true;

    Answer(String requestId, FrameEncoder encoder, Duration heartbeat, Scheduler scheduler) {
        this.requestId = requestId;
        this.encoder = encoder;
        this.heartbeat = heartbeat;
        this.scheduler = scheduler;
    }

    /**
     * One frame for each buffer, comments in silence, one last frame. Can be subscribed to once; the audio is subscribed to with
     * it, and asked for one buffer more than was asked for here. Fails, with the audio's own error, only while nothing has been
     * emitted; a later failure is the last frame.
     *
     * @param file where the sound is kept, subscribed to when it has ended; empty or failed if nowhere
     */
    Flux<byte[]> frames(Flux<ByteBuffer> audio, Mono<KeptFile> file) {
        Mono<Part> end = file.<Part>map(Part.End::new).onErrorComplete().defaultIfEmpty(new Part.End(null));
        Flux<Part> speech = audio.<Part>map(Part.Sound::new)
                .concatWith(end)
                .onErrorResume(error -> Mono.just(new Part.Failure(error)));
        Flux<Part> pulses =
                Flux.interval(heartbeat, scheduler).onBackpressureDrop().map(_ -> new Part.Pulse());
        // Pulses first: an engine that speaks at once, on this thread, must not keep the timer from starting.
        return Flux.merge(1, pulses, speech).takeUntil(Part::isLast).handle(this::write);
    }

    private void write(Part part, SynchronousSink<byte[]> frames) {
        switch (part) {
            case Part.Sound(var samples) -> {
                quiet = false;
                emit(encoder.sound(samples), frames);
            }
            case Part.Pulse() -> {
                if (quiet) {
                    emit(FrameEncoder.ping(), frames);
                }
                quiet = true;
            }
            case Part.End(var file) -> emit(encoder.end(file), frames);
            case Part.Failure(var error) -> {
                if (begun) {
                    emit(encoder.failure(Faults.of(requestId, error)), frames);
                } else {
                    frames.error(error);
                }
            }
        }
    }

    private void emit(byte[] frame, SynchronousSink<byte[]> frames) {
        begun = true;
        frames.next(frame);
    }
}
