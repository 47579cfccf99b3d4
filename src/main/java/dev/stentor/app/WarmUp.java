package dev.stentor.app;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The warm-up of the way from a request to its first sound. In a JVM that has just been started the first request takes a quarter of a second,
 * because its classes are not loaded yet. So some utterances are spoken at start, in a {@link WarmUpGateway}. A warm-up that fails, or takes
 * too long, ends, and costs nobody anything but that. Thread-safe.
 */
final class WarmUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** The longest time for which readiness waits, on a machine with other things to do. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Sinks.Empty<Void> over = Sinks.empty();
    private final Disposable running;

    private WarmUp(Mono<Void> utterances) {
        running = utterances
                .timeout(LONGEST)
                .doFinally(signal -> {
                    var _ = over.tryEmitEmpty();
                })
                .subscribe(nothing -> {}, failed -> LOG.debug("The warm-up ended early", failed));
    }

    /** Starts it; its work is done on the event loops and Reactor's scheduler. */
    static WarmUp start(Mono<Void> utterances) {
        return new WarmUp(utterances);
    }

    /** Returns one that is over. */
    static WarmUp none() {
        return new WarmUp(Mono.empty());
    }

    /** Completes when it is over, in whichever way. May be subscribed to any number of times. */
    Mono<Void> over() {
        return over.asMono();
    }

    @Override
    public void close() {
        running.dispose();
    }
}
