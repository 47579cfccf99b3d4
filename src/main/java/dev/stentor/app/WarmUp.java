package dev.stentor.app;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The warm-up of the way from a request to its first sound. In a JVM that has just been started the first request takes a quarter of a second,
 * because its classes are not loaded yet. So some utterances are spoken at start, in a {@link WarmUpGateway}. A warm-up that fails, or takes
 * too long, ends, and costs nobody anything but that. A shutdown waits until it has let go of everything. Thread-safe.
 */
final class WarmUp
        implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** The longest time that it takes, and for which readiness may wait, on a slow machine or one with other things to do. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** The longest time for which it may let go of what it used. */
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final Sinks.Empty<Void> accepting = Sinks.empty();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Sinks.Empty<Void> over = Sinks.empty();
    private final boolean holdsReadinessUp;
    private volatile boolean running;

    /** Creates one that begins at once, or with the readiness of the gateway and then does not hold that up. */
    private WarmUp(boolean atOnce, Mono<Void> before, UnaryOperator<Mono<Void>> utterances) {
        holdsReadinessUp = atOnce;
        Mono<Void> begin = atOnce ? Mono.empty() : Mono.when(accepting.asMono(), before);
        Mono<Void> enough =
                Mono.firstWithSignal(stop.asMono(), Mono.delay(LONGEST).then()).cache();
        var _ = Mono.firstWithSignal(begin.thenReturn(true), stop.asMono().thenReturn(false))
                .filter(begun -> begun)
                .flatMap(begun -> utterances.apply(enough).timeout(LONGEST.plus(LONGEST_END)))
                .doFinally(signal -> {
                    var _ = over.tryEmitEmpty();
                })
                .subscribe(nothing -> {}, failed -> LOG.debug("The warm-up failed", failed));
    }

    /**
     * Starts it, and lets readiness wait for it. Its work is done on the event loops and Reactor's schedulers.
     *
     * @param utterances speaks until it has spoken all, or until the given signal, which comes whenever it is asked for; completes when it
     *     has let go of everything
     */
    static WarmUp start(UnaryOperator<Mono<Void>> utterances) {
        return new WarmUp(true, Mono.empty(), utterances);
    }

    /**
     * Creates one that starts when the gateway accepts requests, and for which readiness does not wait.
     *
     * @param before completes when what else readiness waits for is there; if that fails, there is no warm-up
     * @param utterances as for one that starts at once
     */
    static WarmUp startWhenReady(Mono<Void> before, UnaryOperator<Mono<Void>> utterances) {
        return new WarmUp(false, before, utterances);
    }

    /** Returns one that is over. */
    static WarmUp none() {
        return new WarmUp(true, Mono.empty(), enough -> Mono.empty());
    }

    /** Completes when it is over, in whichever way. May be subscribed to any number of times. */
    Mono<Void> over() {
        return over.asMono();
    }

    /** Completes when readiness waits for it no longer. May be subscribed to any number of times. */
    Mono<Void> passed() {
        return holdsReadinessUp ? over() : Mono.empty();
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> changed) {
        if (changed.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
            var _ = accepting.tryEmitEmpty();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable done) {
        running = false;
        close();
        var _ = over().subscribe(nothing -> {}, failed -> {}, done);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ends it, and does not wait. */
    @Override
    public void close() {
        var _ = stop.tryEmitEmpty();
    }
}
