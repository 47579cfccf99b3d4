package dev.stentor.source;

import dev.stentor.source.StreamFailure.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A timeout that fails a stream when demanded sound does not come for too long; without demand it may be silent. */
final class StallTimeout {

    private StallTimeout() {}

    /** Returns the sound with a timeout of {@code longest}; fails with {@link StreamFailure} of kind {@link Kind#STALLED}. */
    static Flux<float[]> with(Flux<float[]> sound, Duration longest, Scheduler timer) {
        return Flux.defer(() -> {
            Sinks.One<float[]> timeout = Sinks.one();
            var waiting = Disposables.swap();
            Runnable giveUp = () ->
                    timeout.tryEmitError(new StreamFailure(Kind.STALLED, "The stream gave nothing for too long."));
            return Flux.from(sound)
                    .doOnRequest(_ -> waiting.update(timer.schedule(giveUp, longest.toMillis(), TimeUnit.MILLISECONDS)))
                    .doOnNext(_ -> waiting.update(Disposables.disposed()))
                    .takeUntilOther(timeout.asMono())
                    .doFinally(_ -> waiting.dispose());
        });
    }
}
