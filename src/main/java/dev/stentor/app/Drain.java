package dev.stentor.app;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channels;
import dev.stentor.relay.SharedChannels;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The part of the shutdown that closes all listeners before the web server waits for its connections to end: an open WebSocket
 * would delay that until the server's timeout. Listeners are told when to reconnect, at times spread over a few seconds, so
 * that they do not all come at once.
 */
@Component
class Drain implements SmartLifecycle {

    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);
    private static final Duration SPREAD = Duration.ofSeconds(3);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ApplicationContext context;
    private final Broadcasts broadcasts;
    private final Channels channels;
    private final Optional<SharedChannels> shared;
    private volatile boolean running;

    Drain(ApplicationContext context, Broadcasts broadcasts, Channels channels, Optional<SharedChannels> shared) {
        this.context = context;
        this.broadcasts = broadcasts;
        this.channels = channels;
        this.shared = shared;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable done) {
        running = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        broadcasts.drain(RECONNECT_AFTER, SPREAD);
        Mono<Void> handedOver = shared.map(this::handOver).orElseGet(Mono::empty);
        var _ = handedOver
                .thenMany(goneListeners())
                .doFinally(signal -> done.run())
                .subscribe();
    }

    /** Closes the channels of this node; completes when another one can go on with them. */
    private Mono<Void> handOver(SharedChannels others) {
        channels.close();
        return others.leave();
    }

    private Flux<Long> goneListeners() {
        return Flux.interval(CHECK_INTERVAL, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .takeUntil(_ -> broadcasts.connections() == 0)
                .take(LIMIT);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Returns the highest phase, so that this is stopped first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
