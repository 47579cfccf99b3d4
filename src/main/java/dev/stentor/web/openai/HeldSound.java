package dev.stentor.web.openai;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The beginning of one answer's sound, held until the sound has ended or a bound is reached, so that its length can be told before it.
 * Its state is confined to one subscription, within its serialized signals.
 */
final class HeldSound {

    private final int mostBytes;
    private final Duration longest;
    private final Scheduler timer;
    private int bytes;
    private boolean released;
    private OptionalLong samples = OptionalLong.empty();

    /**
     * Creates the holding of one answer.
     *
     * @param mostBytes most bytes of sound that are held
     * @param longest longest time after the first sound for which it is held
     */
    HeldSound(int mostBytes, Duration longest, Scheduler timer) {
        this.mostBytes = mostBytes;
        this.longest = longest;
        this.timer = timer;
    }

    /** Returns the number of samples of the whole sound; empty if it did not end within the bounds. */
    OptionalLong samples() {
        return samples;
    }

    /**
     * Returns the sound. Until it is released, buffers are requested one by one; later one for each that is requested, and one
     * ahead. Fails at once, without the sound so far, if the audio fails while it is held. Can be subscribed to once.
     */
    Flux<ByteBuffer> of(Flux<ByteBuffer> audio) {
        Sinks.Empty<Void> begun = Sinks.empty();
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<Signal> sound = audio.doOnNext(_ -> begun.tryEmitEmpty())
                .doOnError(_ -> over.tryEmitEmpty())
                .<Signal>map(Sound::new)
                .concatWithValues(new End());
        Mono<Signal> alarm = begun.asMono()
                .then(Mono.delay(longest, timer))
                .<Signal>map(_ -> new Alarm())
                .takeUntilOther(over.asMono());
        return Flux.mergeDelayError(1, sound, alarm)
                .takeUntil(signal -> signal instanceof End)
                .bufferUntil(this::releases)
                .concatMapIterable(HeldSound::buffers, 1);
    }

    private boolean releases(Signal signal) {
        switch (signal) {
            case Sound(ByteBuffer buffer) -> bytes += released ? 0 : buffer.remaining();
            case End _ -> samples = released ? OptionalLong.empty() : OptionalLong.of(bytes / Short.BYTES);
            case Alarm _ -> released = true;
        }
        released |= bytes > mostBytes;
        return released || signal instanceof End;
    }

    private static List<ByteBuffer> buffers(List<Signal> signals) {
        return signals.stream()
                .filter(Sound.class::isInstance)
                .map(signal -> ((Sound) signal).buffer())
                .toList();
    }

    /** An event of the sound or of the timer. */
    private sealed interface Signal {}

    /** A buffer of sound. */
    private record Sound(ByteBuffer buffer) implements Signal {}

    /** The end of the sound. */
    private record End() implements Signal {}

    /** The end of the time. */
    private record Alarm() implements Signal {}
}
