package dev.stentor.app;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Part of readiness: whether the engine can speak. The embedded voice takes a few seconds to warm up. Upstreams are shown as they
 * are, and change nothing: one that is down is for another to make up for.
 */
@Component("speech")
class EngineHealth implements ReactiveHealthIndicator {

    private final AtomicReference<Health> health = new AtomicReference<>(
            Health.outOfService().withDetail("reason", "warming up").build());

    private final EngineStack speaking;

    EngineHealth(Engine engine, EngineStack speaking) {
        this.speaking = speaking;
        var _ = engine.ready()
                .subscribe(
                        nothing -> {},
                        failed -> health.set(Health.down()
                                .withDetail("reason", "the engine could not be started")
                                .build()),
                        () -> health.set(Health.up().build()));
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            Health.Builder now = Health.status(health.get().getStatus())
                    .withDetails(health.get().getDetails());
            speaking.upstreams().forEach(upstream -> now.withDetail(upstream.name(), upstream));
            return now.build();
        });
    }
}
