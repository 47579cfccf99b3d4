package dev.stentor.source;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceBuffer;
import dev.stentor.source.StreamFailure.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * One stream as a source: whatever befalls it, it is silent meanwhile, and the speech goes on. Broken off or stalled it is fetched
 * again, after a while that doubles each time until sound comes. What can never be fetched stays silent, and says why.
 */
public final class SoundStream implements Input {

    private final StreamSettings settings;
    private final SourceStats stats;
    private final Scheduler work;
    private final BooleanSupplier again;
    private final StreamedInput input;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Status status = new Status(State.CONNECTING, 0, 0, 0, null);

    /** What it does. */
    public enum State {
        /** No sound has come yet. */
        CONNECTING,
        /** Sound comes. */
        PLAYING,
        /** It broke off, and will be fetched again. */
        WAITING,
        /** It has come to its end. */
        ENDED,
        /** It will never give sound. */
        FAILED
    }

    /**
     * How it stands.
     *
     * @param stalls how often nothing came for too long
     * @param reconnects how often it was fetched again
     * @param faultySamples that were no numbers, or too large, and are silent now, or smaller
     * @param problem what was wrong last, in a sentence; null if nothing was
     */
    public record Status(
            State state,
            int stalls,
            int reconnects,
            long faultySamples,
            @Nullable String problem) {

        Status with(State newState) {
            return new Status(newState, stalls, reconnects, faultySamples, problem);
        }
    }

    SoundStream(
            Function<LongConsumer, Flux<float[]>> fetch,
            BooleanSupplier again,
            SourceBuffer.Bounds bounds,
            StreamSettings settings,
            SourceStats stats,
            Scheduler work) {
        this.again = again;
        this.settings = settings;
        this.stats = stats;
        this.work = work;
        this.input = StreamedInput.of(Flux.defer(() -> attempt(fetch)), bounds, work);
    }

    /** How it stands. From any thread. */
    public Status status() {
        return status;
    }

    @Override
    public Given read(float[] frame) {
        return input.read(frame);
    }

    @Override
    public Counters counters() {
        return input.counters();
    }

    @Override
    public void close() {
        input.close();
    }

    /** All of it, over all connections; one after the other. */
    private Flux<float[]> attempt(Function<LongConsumer, Flux<float[]>> fetch) {
        return Flux.defer(() -> fetch.apply(this::faulty))
                .transform(sound -> StallTimeout.with(sound, settings.stall(), work))
                .doOnNext(_ -> sounded())
                .onErrorMap(StreamFailure::of)
                .concatWith(Mono.defer(this::atItsEnd))
                .retryWhen(
                        Retry.from(signals -> signals.concatMap(signal -> next(StreamFailure.of(signal.failure())))));
    }

    /** When to try again: later, or never. */
    private Mono<Long> next(StreamFailure failure) {
        failed(failure);
        return failure.isFinal() ? Mono.never() : later();
    }

    /** A stream that is to go on has no end. */
    private Mono<float[]> atItsEnd() {
        if (again.getAsBoolean()) {
            return Mono.error(new StreamFailure(Kind.BROKEN, "The stream came to its end."));
        }
        status = status.with(State.ENDED);
        return Mono.empty();
    }

    private void sounded() {
        failures.set(0);
        if (status.state() != State.PLAYING) {
            status = status.with(State.PLAYING);
        }
    }

    private void faulty(long samples) {
        Status now = status;
        status = new Status(now.state(), now.stalls(), now.reconnects(), now.faultySamples() + samples, now.problem());
        stats.faulty(samples);
    }

    private void failed(StreamFailure failure) {
        int stalls = status.stalls();
        switch (failure.kind()) {
            case STALLED -> {
                stalls++;
                stats.stalled();
            }
            case REFUSED -> stats.refused();
            case UNUSABLE, BROKEN -> {}
        }
        State state = failure.isFinal() ? State.FAILED : State.WAITING;
        status = new Status(state, stalls, status.reconnects(), status.faultySamples(), failure.detail());
    }

    private Mono<Long> later() {
        long doubled = settings.firstBackOff().toMillis() << Math.min(failures.getAndIncrement(), 10);
        long millis = Math.min(doubled, settings.longestBackOff().toMillis());
        long scattered = millis * ThreadLocalRandom.current().nextInt(80, 121) / 100;
        return Mono.delay(Duration.ofMillis(scattered), work).doOnNext(_ -> {
            stats.reconnected();
            Status now = status;
            status = new Status(now.state(), now.stalls(), now.reconnects() + 1, now.faultySamples(), now.problem());
        });
    }
}
