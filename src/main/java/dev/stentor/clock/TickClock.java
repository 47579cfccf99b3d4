package dev.stentor.clock;

import java.time.Duration;

/**
 * The one owner of time. All its tasks, timers and ticks run on one thread, one after another, so that state that only they touch
 * needs no lock. Methods may be called from any thread, but {@link #activate} on the clock's own thread only. See ADR 5.
 */
public interface TickClock {

    /** Length of a tick in µs; every active channel is served once per tick. */
    long TICK_MICROS = 20_000;

    /** Returns the monotonic time in µs; its zero is arbitrary. */
    long micros();

    /** Runs the task on the clock's thread soon, after all tasks that were given before. The task must not block. */
    void execute(Runnable task);

    /** Runs the task on the clock's thread once the delay is over, unless it is cancelled before. */
    Timer after(Duration delay, Runnable task);

    /** Calls {@code ticking} on every point of the grid of {@link #TICK_MICROS}, from the next one on, until it returns false. */
    default void activate(Ticking ticking) {
        activate(1, ticking);
    }

    /**
     * Calls {@code ticking} on every point of the grid, from a later one on, until it returns false.
     *
     * @param ticks the point to begin with: 1 for the next one, 2 for the one after that
     */
    default void activate(int ticks, Ticking ticking) {
        activate(ticks, 0, ticking);
    }

    /**
     * Calls {@code ticking} on every point of one of the clock's grids until it returns false. Usually there is one grid; of several, the
     * points of each lie between those of the others.
     *
     * @param ticks the point to begin with: 1 for the next one, 2 for the one after that
     * @param grid any number; the same one means the same grid
     */
    void activate(int ticks, int grid, Ticking ticking);

    /** Returns by how much the points of a grid are later than multiples of {@link #TICK_MICROS}, in µs. */
    default long gridMicros(int grid) {
        return 0;
    }

    /** A receiver of ticks. */
    @FunctionalInterface
    interface Ticking {
        /**
         * Does all that has become due. Ticks that were missed during a pause of the process are not repeated: this is called
         * once for them.
         *
         * @param nowMicros the clock's time
         * @return whether to be called again on the next point of the grid
         */
        boolean tick(long nowMicros);
    }

    /** A delayed task. */
    @FunctionalInterface
    interface Timer {
        /** Cancels the task; does nothing if that has begun. */
        void cancel();
    }
}
