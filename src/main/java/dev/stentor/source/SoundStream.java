package dev.stentor.source;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceBuffer;
import dev.stentor.source.StreamFailure.Kind;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * An HTTP stream as the input of a source. When it fails it gives silence, and the speech goes on. A stream that broke off or
 * stalled is fetched again, after a time that doubles with each failure until sound comes. A stream that can never be fetched
 * stays silent, and its status says why.
 */
public final class SoundStream implements Input {

    /** Each wait is changed by up to this part of it at random, so that many streams of one server do not come back at once. */
    private static final double JITTER = 0.2;

    private final StreamSettings settings;
    private final SourceStats stats;
    private final Scheduler work;
    private final BooleanSupplier again;
    private final StreamedInput input;
    private volatile Status status = new Status(State.CONNECTING, 0, 0, 0, null);

    /** The state of a stream. */
    public enum State {
        /** No sound has come yet. */
        CONNECTING,
        /** Sound comes. */
        PLAYING,
        /** The stream broke off, and will be fetched again. */
        WAITING,
        /** The stream has come to its end. */
        ENDED,
        /** The stream will never give sound. */
        FAILED
    }

    /**
     * The status of a stream at one moment.
     *
     * @param stalls how often nothing came for too long
     * @param reconnects how often it was fetched again
     * @param faultySamples samples that were no numbers, and became silence, or were too large, and became smaller
     * @param problem the latest fault, in a sentence; null if there was none
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

    /**
     * Creates a stream and begins to fetch it.
     *
     * @param fetch makes the sound of one connection, given whom to tell how many samples were faulty
     * @param again whether it is fetched again; asked each time it has ended, from any thread
     * @param work runs its timers; not owned
     */
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
        this.input = StreamedInput.of(Flux.defer(() -> sound(fetch)), bounds, work);
    }

    /** Returns the status now. From any thread. */
    Status status() {
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

    /** Returns the sound of all connections, one after the other. */
    private Flux<float[]> sound(Function<LongConsumer, Flux<float[]>> fetch) {
        return Flux.defer(() -> fetch.apply(this::faulty))
                .transform(sound -> StallTimeout.with(sound, settings.stall(), work))
                .doOnNext(_ -> sounded())
                .concatWith(Mono.defer(this::atItsEnd))
                .onErrorMap(StreamFailure::of)
                .doOnError(StreamFailure.class, this::failed)
                .retryWhen(backOff())
                .onErrorResume(_ -> Flux.never());
    }

    private RetryBackoffSpec backOff() {
        return Retry.backoff(Long.MAX_VALUE, settings.firstBackOff())
                .maxBackoff(settings.longestBackOff())
                .jitter(JITTER)
                .transientErrors(true)
                .scheduler(work)
                .filter(failure -> !StreamFailure.of(failure).isFinal())
                .doAfterRetry(_ -> reconnected());
    }

    /** Ends the sound, or fails if the stream is to go on: that has no end. */
    private Mono<float[]> atItsEnd() {
        if (again.getAsBoolean()) {
            return Mono.error(new StreamFailure(Kind.BROKEN, "The stream came to its end."));
        }
        status = status.with(State.ENDED);
        return Mono.empty();
    }

    private void sounded() {
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

    private void reconnected() {
        stats.reconnected();
        Status now = status;
        status = new Status(now.state(), now.stalls(), now.reconnects() + 1, now.faultySamples(), now.problem());
    }
}
