package dev.stentor.clock;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The work of a clock at a given time, without the waiting: tasks, then timers, then the tick. {@link #run}, {@link #runTasks}
 * and {@link #activate} are confined to one thread; the other methods may be called from any.
 */
final class TickLoop {

    /** Returned by {@link #run} when there is nothing to wait for. */
    static final long NOTHING = Long.MAX_VALUE;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final PriorityQueue<NextTick> ticks = new PriorityQueue<>();
    private final AtomicLong alarmNumbers = new AtomicLong();
    private final Consumer<Throwable> faults;
    private final int grids;

    /**
     * Creates a loop with nothing to do.
     *
     * @param faults gets everything that a task throws; the loop goes on
     * @param grids how many grids there are, evenly between each other's points; at least 1
     */
    TickLoop(Consumer<Throwable> faults, int grids) {
        this.faults = faults;
        this.grids = grids;
    }

    void execute(Runnable task) {
        tasks.add(task);
    }

    TickClock.Timer after(long nowMicros, Duration delay, Runnable task) {
        var alarm = new Alarm(
                nowMicros + delay.toNanos() / 1_000, alarmNumbers.getAndIncrement(), task, new AtomicBoolean());
        execute(() -> alarms.add(alarm));
        return () -> alarm.cancelled.set(true);
    }

    /**
     * @param after the point of the grid to begin with; 1 for the next one
     * @param grid any number; the same one means the same grid
     */
    void activate(long nowMicros, int after, int grid, TickClock.Ticking ticking) {
        long shiftMicros = gridMicros(grid);
        ticks.add(new NextTick(
                gridAfter(nowMicros, shiftMicros) + Math.max(0, after - 1) * TickClock.TICK_MICROS,
                shiftMicros,
                ticking));
    }

    long gridMicros(int grid) {
        return Math.floorMod(grid, grids) * TickClock.TICK_MICROS / grids;
    }

    /** Does all that is due. Returns the time in µs at which it must be called again; sooner if a task arrives. */
    long run(long nowMicros) {
        runTasks();
        while (!alarms.isEmpty() && alarms.peek().dueMicros <= nowMicros) {
            Alarm alarm = alarms.remove();
            if (!alarm.cancelled.get()) {
                guarded(alarm.task);
            }
        }
        tickAll(nowMicros);
        runTasks();
        if (!tasks.isEmpty()) {
            return nowMicros;
        }
        long alarm = alarms.isEmpty() ? NOTHING : alarms.peek().dueMicros;
        return ticks.isEmpty() ? alarm : Math.min(ticks.peek().dueMicros, alarm);
    }

    /** Runs the tasks that are there now, but no timer or tick. */
    void runTasks() {
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task != null) {
                guarded(task);
            }
        }
    }

    private void tickAll(long nowMicros) {
        while (!ticks.isEmpty() && ticks.peek().dueMicros <= nowMicros) {
            NextTick due = ticks.remove();
            if (tick(due.ticking, nowMicros)) {
                ticks.add(new NextTick(gridAfter(nowMicros, due.shiftMicros), due.shiftMicros, due.ticking));
            }
        }
    }

    private boolean tick(TickClock.Ticking ticking, long nowMicros) {
        try {
            return ticking.tick(nowMicros);
        } catch (Throwable e) { // an Error too: the clock serves all channels and must go on
            faults.accept(e);
            return true;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // an Error too: the clock serves all channels and must go on
            faults.accept(e);
        }
    }

    private static long gridAfter(long nowMicros, long shiftMicros) {
        long ticks = Math.floorDiv(nowMicros - shiftMicros, TickClock.TICK_MICROS) + 1;
        return ticks * TickClock.TICK_MICROS + shiftMicros;
    }

    /** A call that is due at a point of a grid. */
    private record NextTick(long dueMicros, long shiftMicros, TickClock.Ticking ticking)
            implements Comparable<NextTick> {
        @Override
        public int compareTo(NextTick other) {
            return Long.compare(dueMicros, other.dueMicros);
        }
    }

    private record Alarm(long dueMicros, long number, Runnable task, AtomicBoolean cancelled)
            implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.compare(dueMicros, other.dueMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
