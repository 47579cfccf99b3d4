package dev.stentor.source;

import dev.stentor.source.StreamFailure.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Gives a stream up when nothing comes for too long although it was asked for; while nobody asks, it may be silent. */
final class StallTimeout {

    private StallTimeout() {}

    static Flux<float[]> with(Flux<float[]> sound, Duration patience, Scheduler timer) {
        return Flux.defer(() -> {
            Sinks.One<float[]> given = Sinks.one();
            var waiting = Disposables.swap();
            Runnable giveUp =
                    () -> given.tryEmitError(new StreamFailure(Kind.STALLED, "The stream gave nothing for too long."));
            return Flux.from(sound)
                    .doOnRequest(
                            _ -> waiting.update(timer.schedule(giveUp, patience.toMillis(), TimeUnit.MILLISECONDS)))
                    .doOnNext(_ -> waiting.update(Disposables.disposed()))
                    .takeUntilOther(given.asMono())
                    .doFinally(_ -> waiting.dispose());
        });
    }
}
