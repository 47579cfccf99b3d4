package dev.stentor.speech;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * A time limit for a stream that brings no sign of life although something was asked for.
 *
 * <p>While nothing is asked for, nobody reads, and silence means nothing: the time starts when demand returns. Any byte is a sign of
 * life, even that of a comment: a service that is slow but alive sends those. They prolong the wait for the next element to twice the
 * time, and no further. Belongs to one subscription; called from any thread.
 */
public final class SilenceTimeout {

    /** Longest wait for an element, as a multiple of the longest silence. */
    private static final int MOST_SILENCES = 2;

    private final Duration longest;
    private final Scheduler timer;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong aliveAtNanos;
    /** Time of the latest element, or of the demand for the first one after a pause. */
    private final AtomicLong givenAtNanos;

    /**
     * Starts the time now.
     *
     * @param longest time for which nothing may come
     * @param timer measures it; not owned
     */
    public SilenceTimeout(Duration longest, Scheduler timer) {
        this.longest = longest;
        this.timer = timer;
        this.aliveAtNanos = new AtomicLong(nowNanos());
        this.givenAtNanos = new AtomicLong(nowNanos());
    }

    /** Prolongs the time: something came, though perhaps no element. */
    public void alive() {
        aliveAtNanos.set(nowNanos());
    }

    /**
     * Returns the same stream, which fails when it was silent for too long; that is signalled on the timer.
     *
     * @param failure makes the failure, of the time that was waited without an element
     */
    public <T> Flux<T> guard(Flux<T> stream, Function<Duration, ? extends Throwable> failure) {
        var silent = new AtomicBoolean();
        return stream.takeUntilOther(expiry().doOnSuccess(_ -> silent.set(true)))
                .concatWith(Mono.defer(() -> silent.get() ? Mono.error(failure.apply(waited())) : Mono.empty()))
                .doOnRequest(this::asked)
                .doOnNext(_ -> given());
    }

    /**
     * Runs one timer at a time, set to the moment at which silence could have lasted for too long. It goes on across buffers: none of
     * them sets a timer of its own.
     */
    private Mono<Void> expiry() {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(left()), timer))
                .repeat(() -> left() > 0)
                .then();
    }

    /** Returns the time that is left, in nanoseconds; without demand it is the full time, which has not begun. */
    private long left() {
        if (wanted.get() == 0) {
            return longest.toNanos();
        }
        long now = nowNanos();
        long silence = aliveAtNanos.get() + longest.toNanos() - now;
        return Math.min(silence, givenAtNanos.get() + MOST_SILENCES * longest.toNanos() - now);
    }

    private Duration waited() {
        return Duration.ofNanos(nowNanos() - givenAtNanos.get());
    }

    private void asked(long count) {
        if (wanted.get() == 0) {
            restart();
        }
        wanted.accumulateAndGet(count, Operators::addCap);
    }

    /** Starts the time again before demand is counted: demand that returns at this moment must not meet an old time. */
    private void given() {
        restart();
        wanted.updateAndGet(count -> count == Long.MAX_VALUE ? count : count - 1);
    }

    private void restart() {
        alive();
        givenAtNanos.set(nowNanos());
    }

    private long nowNanos() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
