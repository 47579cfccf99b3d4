package dev.stentor.speech.upstream;

import dev.stentor.speech.Remedy;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;

/**
 * The health of a service, from the results of the latest calls. A service that fails too often is not called for a while.
 *
 * <p>A call succeeds when its first sound arrives; if it breaks off later, it counts as failed as well. Its duration does not
 * count, because it depends on the listeners. Failures that are not the service's fault do not count: too many requests, a
 * refused key, a wrong request, a listener who leaves.
 *
 * <p>A service that was left alone is tried with a few calls. One that tells nothing for as long as the pause, such as one whose
 * sound nobody asks for, gives its place to another. Thread-safe.
 */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final SpeechFailure LEFT_ALONE =
            new SpeechFailure.Unreachable("The speech service is not called for a while, because it failed too often.");

    private static final int LATEST_CALLS = 20;
    private static final int ENOUGH_CALLS = 6;
    private static final float FAILED_PERCENT = 50;
    private static final int CALLS_TO_TRY = 2;
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final CircuitBreaker breaker;
    private final Scheduler timer;
    private volatile boolean keyRefused;

    Health(String name, Scheduler timer) {
        this.timer = timer;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                LATEST_CALLS,
                                ENOUGH_CALLS,
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .failureRateThreshold(FAILED_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(CALLS_TO_TRY)
                        .waitDurationInOpenState(PAUSE)
                        .clock(new TimerClock(timer))
                        .currentTimestampFunction(_ -> timer.now(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.atWarn()
                        .addKeyValue("upstream", name)
                        .addKeyValue("change", event.getStateTransition())
                        .log("The health of a speech service has changed"));
    }

    UpstreamStats.State state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> UpstreamStats.State.DOWN;
            case HALF_OPEN -> UpstreamStats.State.TRYING;
            case CLOSED, DISABLED, METRICS_ONLY ->
                keyRefused ? UpstreamStats.State.KEY_REFUSED : UpstreamStats.State.UP;
        };
    }

    /** Tells whether a call was not made because the service is not called for a while. */
    static boolean refused(SpeechFailure failure) {
        return failure.equals(LEFT_ALONE);
    }

    /** Makes a call and counts its result; fails at once while the service is not to be called. */
    Flux<ByteBuffer> watch(Flux<ByteBuffer> call) {
        return Flux.defer(() -> {
            if (!breaker.tryAcquirePermission()) {
                return Flux.error(new SpeechException(LEFT_ALONE));
            }
            var told = new AtomicBoolean();
            return call.doOnNext(_ -> well(told))
                    .doOnComplete(() -> well(told))
                    .doOnError(error -> failed(error, told))
                    .doOnCancel(() -> nothing(told))
                    .doFinally(placeOfTrial(told));
        });
    }

    /** Sees to it that a call that tries the service gives its place back in time. Returns what is to be run at the call's end. */
    private Consumer<SignalType> placeOfTrial(AtomicBoolean told) {
        if (breaker.getState() != CircuitBreaker.State.HALF_OPEN) {
            return _ -> {};
        }
        Disposable end = timer.schedule(() -> nothing(told), PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        return _ -> end.dispose();
    }

    private void well(AtomicBoolean told) {
        if (told.compareAndSet(false, true)) {
            keyRefused = false;
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    private void failed(Throwable error, AtomicBoolean told) {
        if (!(error instanceof SpeechException spoken)) {
            nothing(told);
            return;
        }
        SpeechFailure failure = spoken.failure();
        keyRefused = keyRefused || isKeyRefused(failure);
        if (Remedy.of(failure) == Remedy.AGAIN && !Upstream.isThrottled(failure)) {
            told.set(true);
            breaker.onError(0, TimeUnit.NANOSECONDS, error);
        } else {
            nothing(told);
        }
    }

    private void nothing(AtomicBoolean told) {
        if (told.compareAndSet(false, true)) {
            breaker.releasePermission();
        }
    }

    /** Tells whether the key was refused. A 403 may mean the model alone; then the code names the model. */
    private static boolean isKeyRefused(SpeechFailure failure) {
        return failure instanceof SpeechFailure.Refused refused
                && (refused.status() == 401 || refused.status() == 403)
                && !refused.code().startsWith("Model");
    }

    /** A clock that shows the timer's time, for rules that end after a while. */
    private static final class TimerClock extends Clock {

        private final Scheduler timer;

        TimerClock(Scheduler timer) {
            this.timer = timer;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(timer.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
