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
 * The line before a service: so many calls at once, and one call after another at an even pace, so that no burst of ours trips the
 * service's own limit. Callers wait in order, without a thread; one that leaves gives its place to the next. Thread-safe.
 *
 * <p>The pace is a turnstile: one permit that comes back some time after it was taken.
 */
final class CallLimiter {

    private static final String CODE = "Throttling";
    private static final SpeechFailure FULL =
            new SpeechFailure.Throttled(CODE, "Too many requests wait for the speech service.", null);
    private static final SpeechFailure TOO_LONG =
            new SpeechFailure.Throttled(CODE, "The speech service was busy for too long.", null);

    private final InstrumentedPool<String> places;
    private final InstrumentedPool<String> turnstile;
    private final Duration longestWait;
    private final Duration pace;
    private final Scheduler timer;

    CallLimiter(UpstreamSettings settings, Scheduler timer) {
        this.timer = timer;
        this.longestWait = settings.longestWait();
        this.pace = settings.pace();
        this.places = permits(settings.maxConcurrent(), settings.maxWaiting());
        this.turnstile = permits(1, settings.maxConcurrent());
    }

    /** Whether it was the line that refused, not the service. */
    static boolean refused(SpeechFailure failure) {
        return failure.equals(FULL) || failure.equals(TOO_LONG);
    }

    /** Subscribes to {@code call} when it is its turn, and gives its place back when it ends in whatever way. */
    <T> Flux<T> through(Flux<T> call) {
        return Flux.usingWhen(
                turn(places),
                _ -> pace.isZero()
                        ? call
                        : turn(turnstile).doOnNext(this::comeBack).thenMany(call),
                PooledRef::release,
                (place, _) -> place.release(),
                PooledRef::release);
    }

    private Mono<PooledRef<String>> turn(InstrumentedPool<String> permits) {
        return permits.acquire(longestWait)
                .onErrorMap(PoolAcquirePendingLimitException.class, full -> new SpeechException(FULL, full))
                .onErrorMap(TimeoutException.class, late -> new SpeechException(TOO_LONG, late));
    }

    /** Owned by the timer from here on: also a call that is given up has had its turn. */
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
