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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The health of a service, from the results of the latest calls. A service that fails too often is not called for a while.
 *
 * <p>A call succeeds when its first sound arrives; if it breaks off later, it counts as failed as well. Its duration does not
 * count, because it depends on the listeners. Failures that are not the service's fault do not count: too many requests, a
 * refused key, a wrong request, a listener who leaves. Thread-safe.
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
    private volatile boolean keyRefused;

    Health(String name, Scheduler timer) {
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
                    .doOnError(SpeechException.class, error -> failed(error, told))
                    .doOnCancel(() -> nothing(told));
        });
    }

    private void well(AtomicBoolean told) {
        if (told.compareAndSet(false, true)) {
            keyRefused = false;
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    private void failed(SpeechException error, AtomicBoolean told) {
        SpeechFailure failure = error.failure();
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
