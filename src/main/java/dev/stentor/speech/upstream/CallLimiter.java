package dev.stentor.speech.upstream;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * A limiter of the calls to a service. It limits the calls at once, and starts them at an even pace, so that we do not exceed the
 * service's own limit with a burst. Callers wait in order, without a thread; when one leaves, the next gets its place.
 * Thread-safe.
 *
 * <p>One permit keeps the pace: it is returned a fixed time after it was taken.
 */
final class CallLimiter {

    private static final String CODE = "Throttling";
    private static final SpeechFailure FULL =
            new SpeechFailure.Throttled(CODE, "Too many requests wait for the speech service.", null);
    private static final SpeechFailure TOO_LONG =
            new SpeechFailure.Throttled(CODE, "The speech service was busy for too long.", null);

    private final InstrumentedPool<String> places;
    private final InstrumentedPool<String> pacing;
    private final Duration longestWait;
    private final Duration pace;
    private final Scheduler timer;

    CallLimiter(UpstreamSettings settings, Scheduler timer) {
        this.timer = timer;
        this.longestWait = settings.longestWait();
        this.pace = settings.pace();
        this.places = permits(settings.maxConcurrent(), settings.maxWaiting());
        this.pacing = permits(1, settings.maxConcurrent());
    }

    /** Tells whether this limiter refused, and not the service. */
    static boolean refused(SpeechFailure failure) {
        return failure.equals(FULL) || failure.equals(TOO_LONG);
    }

    /** Subscribes to {@code call} when there is a place for it, and gives the place back when the call ends in whatever way. */
    <T> Flux<T> through(Flux<T> call) {
        return Flux.usingWhen(
                permit(places),
                _ -> pace.isZero()
                        ? call
                        : permit(pacing).doOnNext(this::comeBack).thenMany(call),
                PooledRef::release,
                (place, _) -> place.release(),
                PooledRef::release);
    }

    private Mono<PooledRef<String>> permit(InstrumentedPool<String> permits) {
        return permits.acquire(longestWait)
                .onErrorMap(PoolAcquirePendingLimitException.class, full -> new SpeechException(FULL, full))
                .onErrorMap(TimeoutException.class, late -> new SpeechException(TOO_LONG, late));
    }

    /** Gives a permit to the timer, which brings it back: a call that is given up has used its permit as well. */
    private void comeBack(PooledRef<String> permit) {
        var _ = timer.schedule(() -> permit.release().subscribe(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    private InstrumentedPool<String> permits(int count, int waiting) {
        return PoolBuilder.from(Mono.just("permit"))
                .sizeBetween(0, count)
                .maxPendingAcquire(waiting)
                .pendingAcquireTimer((task, after) -> timer.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS))
                .buildPool();
    }
}
