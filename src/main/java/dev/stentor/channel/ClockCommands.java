package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A runner of commands: each runs on the clock's thread, on subscription, and is answered on another scheduler. Thread-safe.
 *
 * @param work where answers are given
 */
record ClockCommands(TickClock clock, Scheduler work) {

    /** Runs a command; emits its result, or what it throws. */
    <T> Mono<T> run(Supplier<T> command) {
        return Mono.<T>create(sink -> clock.execute(() -> {
                    try {
                        sink.success(command.get());
                    } catch (Throwable e) { // an Error too: the caller waits for an answer
                        sink.error(e);
                    }
                }))
                .publishOn(work);
    }

    /** Runs a command in the same way; completes empty if its result is. */
    <T> Mono<T> runIfPresent(Supplier<Optional<T>> command) {
        return run(command).flatMap(Mono::justOrEmpty);
    }
}
