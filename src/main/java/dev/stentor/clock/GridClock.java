package dev.stentor.clock;

import java.time.Duration;

/**
 * One of the grids of a clock. Thread-safe as that is.
 *
 * @param shiftMicros by how much its points are later than those of the first grid
 */
record GridClock(ClockThread clock, long shiftMicros) implements TickClock {

    @Override
    public long micros() {
        return clock.micros();
    }

    @Override
    public void execute(Runnable task) {
        clock.execute(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return clock.after(delay, task);
    }

    @Override
    public void activate(int ticks, Ticking ticking) {
        clock.activate(ticks, shiftMicros, ticking);
    }
}
