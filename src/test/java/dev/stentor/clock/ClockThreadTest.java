package dev.stentor.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockThreadTest {

    private final ClockThread clock = new ClockThread(fault -> {}, 1);

    @AfterEach
    void end() {
        clock.close();
    }

    @Test
    void servesTasksTimersAndTicksOnOneThread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        var done = new CompletableFuture<List<Thread>>();
        clock.execute(() -> {
            threads.add(Thread.currentThread());
            clock.activate(now -> {
                threads.add(Thread.currentThread());
                return false;
            });
        });
        var _ = clock.after(Duration.ofMillis(45), () -> {
            threads.add(Thread.currentThread());
            done.complete(threads);
        });
        assertThat(done.get(10, TimeUnit.SECONDS)).hasSize(3).containsOnly(threads.getFirst());
    }

    @Test
    void whatWasGivenBeforeTheEndIsStillDone() throws Exception {
        var done = new CompletableFuture<Boolean>();
        clock.execute(() -> clock.execute(() -> done.complete(true)));
        clock.execute(clock::close);
        assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesToActivateFromAForeignThread() {
        assertThatIllegalStateException().isThrownBy(() -> clock.activate(now -> false));
        var channel = new OffsetClock(clock, 1);
        assertThatIllegalStateException().isThrownBy(() -> channel.activate(now -> false));
    }

    @Test
    void aGridServesTasksTimersAndTicksOnTheThreadOfItsClock() throws Exception {
        try (var several = new ClockThread(fault -> {}, 2)) {
            var second = new OffsetClock(several, 1);
            var threads = new CompletableFuture<List<Thread>>();
            var _ = second.after(Duration.ZERO, () -> {
                Thread timers = Thread.currentThread();
                second.activate(now -> {
                    second.execute(() -> threads.complete(List.of(timers, Thread.currentThread())));
                    return false;
                });
            });
            assertThat(threads.get(10, TimeUnit.SECONDS).stream().map(Thread::getName))
                    .containsOnly("stentor-clock");
            assertThat(second.micros()).isGreaterThan(0);
        }
    }
}
