package dev.stentor.app;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The beginning of the Opus encoder's warm-up, for which readiness does not wait: at once, or where there is one processor only, after the
 * warm-up of the way to the first sound.
 */
@Component
final class EncoderWarmUp {

    EncoderWarmUp(OpusWorkers workers, WarmUp warmUp) {
        Mono<Void> before = Runtime.getRuntime().availableProcessors() > 1 ? Mono.empty() : warmUp.over();
        var _ = before.subscribe(nothing -> {}, failed -> {}, workers::warmUp);
    }
}
