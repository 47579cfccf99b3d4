package dev.stentor.speech;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Ends a stream that brings no sign of life for too long although something was asked for.
 *
 * <p>While nothing is asked for, nobody reads, and silence means nothing: the time starts when demand returns. Any byte
 * is a sign of life, also that of a comment: a service that is slow but there says so with those. Belongs to one
 * subscription; called from any thread.
 */
public final class SilenceTimeout {

    private final Duration longest;
    private final Scheduler timer;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong aliveAtNanos;

    /** Begins now: {@code longest} is how long nothing may come, {@code timer} measures it. */
    public SilenceTimeout(Duration longest, Scheduler timer) {
        this.longest = longest;
        this.timer = timer;
        this.aliveAtNanos = new AtomicLong(nowNanos());
    }

    /** Something came. */
    public void alive() {
        aliveAtNanos.set(nowNanos());
    }

    /**
     * The same stream, which fails with {@code failure} when it was silent for too long; that is signalled on the
     * timer.
     */
    public <T> Flux<T> guard(Flux<T> stream, Supplier<? extends Throwable> failure) {
        return stream.timeout(expiry(), _ -> expiry(), Mono.error(failure))
                .doOnRequest(this::asked)
                .doOnNext(_ -> given());
    }

    /** One timer at a time, set to the moment at which silence could have lasted for too long. */
    private Mono<Void> expiry() {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(left()), timer))
                .repeat(() -> left() > 0)
                .then();
    }

    /** Without demand the full time: it has not begun. */
    private long left() {
        return wanted.get() == 0 ? longest.toNanos() : aliveAtNanos.get() + longest.toNanos() - nowNanos();
    }

    private void asked(long count) {
        if (wanted.get() == 0) {
            alive();
        }
        wanted.accumulateAndGet(count, Operators::addCap);
    }

    /** Alive first: demand that returns at this moment must not meet an old time. */
    private void given() {
        alive();
        wanted.updateAndGet(count -> count == Long.MAX_VALUE ? count : count - 1);
    }

    private long nowNanos() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
