package dev.stentor.clock;

import java.time.Duration;

/**
 * The one owner of time. All its tasks, timers and ticks run on one thread, one after another, so that whoever lives on it needs
 * no lock. Methods may be called from any thread, but {@link #activate} on the clock's own thread only.
 */
public interface TickClock {

    /** The common grid: every active channel is served once per tick, in µs. */
    long TICK_MICROS = 20_000;

    /** Monotonic time in µs; its zero means nothing. */
    long micros();

    /** Runs the task on the clock's thread, soon, after all tasks given before. It must not block. */
    void execute(Runnable task);

    /** Runs the task on the clock's thread once the delay is over, unless it is cancelled before. */
    Timer after(Duration delay, Runnable task);

    /** Ticks this on every point of the grid from the next one on, until it says that it is done. */
    void activate(Ticking ticking);

    /** Something that wants to be served on the grid. */
    @FunctionalInterface
    interface Ticking {
        /**
         * Serves all that has become due. Ticks that a pause of the process swallowed are not made up: this is called once.
         *
         * @param nowMicros the clock's time
         * @return whether to be called again on the next point of the grid
         */
        boolean tick(long nowMicros);
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {
        /** Forgets the task, if it has not begun. */
        void cancel();
    }
}
