package dev.stentor.load;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Measures five times a second how late the clock's thread and the event loops run what is due, and reports it. A task that a loop
 * has not run yet counts with its age, so a loop that hangs is seen. Confined to the clock's thread, except for {@link #age}.
 */
public final class LoadProbe {

    private static final long INTERVAL_MICROS = Overload.INTERVAL.toNanos() / 1_000;

    private final TickClock clock;
    private final List<Loop> loops;
    private final IntSupplier memoryPercent;
    private final BooleanSupplier listened;
    private final Overload overload;
    private final LoadStats stats;
    private volatile long sampledMicros;

    private LoadProbe(
            TickClock clock,
            List<? extends Executor> loops,
            IntSupplier memoryPercent,
            BooleanSupplier listened,
            Overload overload,
            LoadStats stats) {
        this.clock = clock;
        this.loops = loops.stream().map(loop -> new Loop(loop, clock)).toList();
        this.memoryPercent = memoryPercent;
        this.listened = listened;
        this.overload = overload;
        this.stats = stats;
        this.sampledMicros = clock.micros();
    }

    /**
     * Starts to measure, until the clock is closed.
     *
     * @param loops the event loops
     * @param memoryPercent share of the direct memory that is taken now
     * @param listened whether anybody listens now; if not, nobody loses sound by lateness, so none is reported to {@code overload}
     * @param overload gets every sample
     */
    public static LoadProbe start(
            TickClock clock,
            List<? extends Executor> loops,
            IntSupplier memoryPercent,
            BooleanSupplier listened,
            Overload overload,
            LoadStats stats) {
        var probe = new LoadProbe(clock, loops, memoryPercent, listened, overload, stats);
        probe.next();
        return probe;
    }

    /** Returns the time since the latest sample: far more than 200 ms if the clock's thread hangs. From any thread. */
    public Duration age() {
        return micros(clock.micros() - sampledMicros);
    }

    private void next() {
        long dueMicros = clock.micros() + INTERVAL_MICROS;
        var _ = clock.after(Overload.INTERVAL, () -> {
            sample(dueMicros);
            next();
        });
    }

    private void sample(long dueMicros) {
        long now = clock.micros();
        sampledMicros = now;
        Duration latest = micros(Math.max(0, now - dueMicros));
        stats.clockLate(latest);
        for (Loop loop : loops) {
            Duration late = micros(loop.late(now));
            stats.loopLate(late);
            latest = late.compareTo(latest) > 0 ? late : latest;
        }
        overload.observe(listened.getAsBoolean() ? latest : Duration.ZERO, memoryPercent.getAsInt());
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /** An event loop, with the task that measures it. Confined to the clock's thread, but for what the task writes. */
    private static final class Loop {

        private final Executor executor;
        private final TickClock clock;
        private volatile boolean waiting;
        private volatile long lateMicros;
        private long postedMicros;

        Loop(Executor executor, TickClock clock) {
            this.executor = executor;
            this.clock = clock;
        }

        /** Returns how late the latest task ran, or how long it waits, and gives the loop the next one. */
        long late(long nowMicros) {
            if (waiting) {
                return nowMicros - postedMicros;
            }
            long latest = lateMicros;
            postedMicros = nowMicros;
            waiting = true;
            executor.execute(() -> {
                lateMicros = clock.micros() - nowMicros;
                waiting = false;
            });
            return latest;
        }
    }
}
