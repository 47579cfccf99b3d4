package dev.stentor.app;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The warm-up of the way from a request to its first sound. In a JVM that has just been started the first request takes a quarter of a second,
 * because its classes are not loaded yet. So some utterances are spoken at start, in a {@link WarmUpGateway}. A warm-up that fails, or takes
 * too long, ends, and costs nobody anything but that. A shutdown waits until it has let go of everything. Thread-safe.
 */
final class WarmUp implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** The longest time for which readiness waits, on a slow machine or one with other things to do. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** The longest time for which it may let go of what it used. */
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Sinks.Empty<Void> over = Sinks.empty();
    private volatile boolean running;

    private WarmUp(UnaryOperator<Mono<Void>> utterances) {
        Mono<Void> enough =
                Mono.firstWithSignal(stop.asMono(), Mono.delay(LONGEST).then());
        var _ = utterances
                .apply(enough)
                .timeout(LONGEST.plus(LONGEST_END))
                .doFinally(signal -> {
                    var _ = over.tryEmitEmpty();
                })
                .subscribe(nothing -> {}, failed -> LOG.debug("The warm-up failed", failed));
    }

    /**
     * Starts it; its work is done on the event loops and Reactor's schedulers.
     *
     * @param utterances speaks until it has spoken all, or until the given signal; completes when it has let go of everything
     */
    static WarmUp start(UnaryOperator<Mono<Void>> utterances) {
        return new WarmUp(utterances);
    }

    /** Returns one that is over. */
    static WarmUp none() {
        return new WarmUp(enough -> Mono.empty());
    }

    /** Completes when it is over, in whichever way. May be subscribed to any number of times. */
    Mono<Void> over() {
        return over.asMono();
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
