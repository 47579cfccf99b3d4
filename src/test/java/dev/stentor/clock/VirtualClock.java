package dev.stentor.clock;

import java.time.Duration;
import java.util.OptionalLong;

/** A clock that stands still until a test moves it. Confined to the test's thread, except for {@link #execute}. */
public final class VirtualClock implements TickClock {

    private final TickLoop loop;
    private long nowMicros = 1_000_000;

    /** Creates a clock with one grid. */
    public VirtualClock() {
        this(1);
    }

    /** Creates a clock with several grids. */
    public VirtualClock(int grids) {
        loop = new TickLoop(
                fault -> {
                    throw new AssertionError("a task on the clock failed", fault);
                },
                grids);
    }

    @Override
    public long micros() {
        return nowMicros;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return loop.after(nowMicros, delay, task);
    }

    @Override
    public void activate(int ticks, int grid, Ticking ticking) {
        loop.activate(nowMicros, ticks, grid, ticking);
    }

    @Override
    public long gridMicros(int grid) {
        return loop.gridMicros(grid);
    }

    /** Returns when the clock would wake up next, in µs of {@link #micros}; empty if it would sleep for ever. */
    public OptionalLong wakesAt() {
        settle();
        long next = loop.run(nowMicros);
        return next == TickLoop.NOTHING ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Runs everything that is due now, without moving. */
    public void settle() {
        while (loop.run(nowMicros) <= nowMicros) {
            Thread.onSpinWait();
        }
    }

    /** Moves the time forward, and stops at every deadline on the way. */
    public void advance(Duration time) {
        long target = nowMicros + time.toNanos() / 1_000;
        settle();
        for (long next = loop.run(nowMicros); next <= target; next = loop.run(nowMicros)) {
            nowMicros = Math.max(next, nowMicros);
            settle();
        }
        nowMicros = target;
        settle();
    }

    /** Moves the time forward as if the process had been paused: nothing ran meanwhile. */
    public void pause(Duration time) {
        nowMicros += time.toNanos() / 1_000;
        settle();
    }
}
