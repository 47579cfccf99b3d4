package dev.stentor.web.dashscope;

import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/** The stream of frames that answers one request. Its state is confined to one subscription, within its serialized signals. */
final class AnswerFrames {

    private final String requestId;
    private final FrameEncoder encoder;
    private final Duration heartbeat;
    private final Scheduler scheduler;
    private boolean begun;
    private boolean quiet = true;

    AnswerFrames(String requestId, FrameEncoder encoder, Duration heartbeat, Scheduler scheduler) {
        this.requestId = requestId;
        this.encoder = encoder;
        this.heartbeat = heartbeat;
        this.scheduler = scheduler;
    }

    /**
     * Returns the frames: one for each buffer, comments while there is no sound, one last frame. Can be subscribed to once; the
     * audio is subscribed to at the same time, and requested one buffer beyond the demand. Fails with the audio's own error if
     * nothing has been emitted yet; a later failure becomes the last frame.
     *
     * @param file address of the recording, subscribed to when the sound has ended; empty or failed if there is none
     */
    Flux<byte[]> frames(Flux<ByteBuffer> audio, Mono<RecordingLink> file) {
        Mono<AnswerPart> end =
                file.<AnswerPart>map(AnswerPart.End::new).onErrorComplete().defaultIfEmpty(new AnswerPart.End(null));
        Flux<AnswerPart> speech = audio.<AnswerPart>map(AnswerPart.Sound::new)
                .concatWith(end)
                .onErrorResume(error -> Mono.just(new AnswerPart.Failure(error)));
        Flux<AnswerPart> heartbeats =
                Flux.interval(heartbeat, scheduler).onBackpressureDrop().map(_ -> new AnswerPart.Heartbeat());
        // Heartbeats come first: an engine that speaks at once, on this thread, must not keep the timer from starting.
        return Flux.merge(1, heartbeats, speech).takeUntil(AnswerPart::isLast).handle(this::write);
    }

    private void write(AnswerPart part, SynchronousSink<byte[]> frames) {
        switch (part) {
            case AnswerPart.Sound(var samples) -> {
                quiet = false;
                emit(encoder.sound(samples), frames);
            }
            case AnswerPart.Heartbeat() -> {
                if (quiet) {
                    emit(FrameEncoder.ping(), frames);
                }
                quiet = true;
            }
            case AnswerPart.End(var file) -> emit(encoder.end(file), frames);
            case AnswerPart.Failure(var error) -> {
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
