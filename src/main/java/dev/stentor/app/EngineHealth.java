package dev.stentor.app;

import dev.stentor.speech.neural.NaturalState;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The part of readiness that tells whether the engine can speak. The embedded voice takes a few seconds to warm up, and so does the way to
 * it, see {@link WarmUp}. The state
 * of each upstream is shown but does not change readiness, because other upstreams replace one that is down. So is that of the natural
 * voice, which the embedded one replaces. Thread-safe.
 */
@Component("speech")
class EngineHealth implements ReactiveHealthIndicator {

    private final AtomicReference<Health> health = new AtomicReference<>(
            Health.outOfService().withDetail("reason", "warming up").build());

    private final Engine engine;
    private final EngineStack speaking;

    EngineHealth(Engine engine, EngineStack speaking, WarmUp warmUp) {
        this.engine = engine;
        this.speaking = speaking;
        var _ = Mono.when(engine.ready(), warmUp.passed())
                .subscribe(
                        nothing -> {},
                        failed -> health.set(Health.down()
                                .withDetail("reason", "the engine could not be started")
                                .build()),
                        () -> health.set(Health.up().build()));
    }

    private static String told(NaturalState natural) {
        return switch (natural) {
            case NaturalState.Starting _ -> "It is being loaded.";
            case NaturalState.Speaking(int streams, var figures) ->
                "It speaks: " + figures + ". Most texts at once: " + streams + ".";
            case NaturalState.Absent(String reason) -> "It does not speak. " + reason;
        };
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Health.Builder now = Health.status(health.get().getStatus())
                    .withDetails(health.get().getDetails());
            speaking.upstreams().forEach(upstream -> now.withDetail(upstream.name(), upstream));
            engine.natural().ifPresent(natural -> now.withDetail("natural", told(natural.state())));
            return now.build();
        });
    }
}
