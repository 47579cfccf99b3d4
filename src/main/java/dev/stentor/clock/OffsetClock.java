package dev.stentor.clock;

import java.time.Duration;

/**
 * The clock of a channel: it runs on the thread of another one, ticks on one of its grids, and may show another time, that of a machine far
 * away, as well as it is known. Thread-safe as the other one is.
 */
public final class OffsetClock implements TickClock {

    private final TickClock clock;
    /** The other one's grid on which this one has its first. */
    private final int own;

    private volatile Offset offset = new Offset(0, 0);

    /**
     * A difference between two clocks.
     *
     * @param micros what is added to the clock of this process, in µs
     * @param errorMicros by how much that may be wrong in either direction; 0 if it is exact
     */
    public record Offset(long micros, long errorMicros) {}

    /**
     * Creates a clock that shows the same time as the other one.
     *
     * @param grid the other one's grid on which it ticks: any number
     */
    public OffsetClock(TickClock clock, int grid) {
        this.clock = clock;
        this.own = grid;
    }

    /** Shows another time from now on. What waits for a time that is over by that comes at the next tick. */
    public void shift(Offset newOffset) {
        offset = newOffset;
    }

    /** Returns the difference to the clock of this process. */
    public Offset offset() {
        return offset;
    }

    @Override
    public long micros() {
        return clock.micros() + offset.micros();
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
    public void activate(int ticks, int grid, Ticking ticking) {
        clock.activate(ticks, own + grid, nowMicros -> ticking.tick(nowMicros + offset.micros()));
    }

    @Override
    public long gridMicros(int grid) {
        return clock.gridMicros(own + grid);
    }
}
