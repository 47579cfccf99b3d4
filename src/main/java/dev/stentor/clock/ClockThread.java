package dev.stentor.clock;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The clock of a running gateway: one thread that parks until the next deadline, and is unparked by an arriving task. With
 * nothing active it sleeps. It may have several grids, so that not all tick at the same moment (ADR 59). Thread-safe.
 */
public final class ClockThread implements TickClock, AutoCloseable {

    private final TickLoop loop;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates the clock, and starts its thread.
     *
     * @param faults gets everything that a task throws; the clock goes on
     * @param grids how many grids it has, at least 1
     */
    public ClockThread(Consumer<Throwable> faults, int grids) {
        loop = new TickLoop(faults, grids);
        thread = Thread.ofPlatform().name("stentor-clock").daemon().unstarted(this::serve);
        thread.start();
    }

    @Override
    public long micros() {
        return System.nanoTime() / 1_000;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Timer timer = loop.after(micros(), delay, task);
        LockSupport.unpark(thread);
        return timer;
    }

    @Override
    public void activate(int ticks, int grid, Ticking ticking) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "activate() was called on " + Thread.currentThread().getName());
        }
        loop.activate(micros(), ticks, grid, ticking);
    }

    @Override
    public long gridMicros(int grid) {
        return loop.gridMicros(grid);
    }

    /** Ends the thread once the tasks that were given before have run. Returns at once; timers and ticks do not run any more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void serve() {
        while (!closed) {
            long next = loop.run(micros());
            if (next == TickLoop.NOTHING) {
                LockSupport.park(this);
            } else {
                long waitMicros = next - micros();
                if (waitMicros > 0) {
                    LockSupport.parkNanos(this, waitMicros * 1_000);
                }
            }
        }
        loop.runTasks();
    }
}
