package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Brings answers and timers to the clock's thread, while somebody is there who wants them. Confined to that thread.
 *
 * @param isWanted whether what comes is still wanted; asked on the clock's thread
 */
record ClockAnswers(TickClock clock, BooleanSupplier isWanted) {

    /** Subscribes to an answer. One that is empty calls nobody. */
    <T> void of(Mono<T> answer, Consumer<? super T> good, Runnable failed) {
        var _ = answer.subscribe(value -> soon(() -> good.accept(value)), _ -> soon(failed));
    }

    /** Runs a task once the delay is over, and returns its timer. */
    TickClock.Timer after(Duration delay, Runnable task) {
        return clock.after(delay, () -> runIfWanted(task));
    }

    /** Runs a task behind all that waits already. */
    void soon(Runnable task) {
        clock.execute(() -> runIfWanted(task));
    }

    private void runIfWanted(Runnable task) {
        if (isWanted.getAsBoolean()) {
            task.run();
        }
    }
}
