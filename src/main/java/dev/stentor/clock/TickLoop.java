package dev.stentor.clock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final List<TickClock.Ticking> active = new ArrayList<>();
    private final PriorityQueue<Resting> resting = new PriorityQueue<>();
    private final AtomicLong alarmNumbers = new AtomicLong();
    private final Consumer<Throwable> faults;
    private long nextTickMicros = NOTHING;

    /** @param faults gets everything that a task throws; the loop goes on */
    TickLoop(Consumer<Throwable> faults) {
        this.faults = faults;
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

    /** @param ticks the point of the grid to begin with; 1 for the next one */
    void activate(long nowMicros, int ticks, TickClock.Ticking ticking) {
        long next = gridAfter(nowMicros);
        if (ticks <= 1) {
            active.add(ticking);
        } else {
            next += (ticks - 1) * TickClock.TICK_MICROS;
            resting.add(new Resting(next, ticking));
        }
        nextTickMicros = Math.min(nextTickMicros, next);
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
        if (nowMicros >= nextTickMicros) {
            tickAll(nowMicros);
        }
        runTasks();
        if (!tasks.isEmpty()) {
            return nowMicros;
        }
        long alarm = alarms.isEmpty() ? NOTHING : alarms.peek().dueMicros;
        return Math.min(nextTickMicros, alarm);
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
        nextTickMicros = NOTHING;
        while (!resting.isEmpty() && resting.peek().dueMicros <= nowMicros) {
            active.add(resting.remove().ticking);
        }
        for (int i = active.size() - 1; i >= 0; i--) {
            if (!tick(active.get(i), nowMicros)) {
                active.remove(i);
            }
        }
        if (!active.isEmpty()) {
            nextTickMicros = gridAfter(nowMicros);
        } else if (!resting.isEmpty()) {
            nextTickMicros = resting.peek().dueMicros;
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

    private static long gridAfter(long nowMicros) {
        return (Math.floorDiv(nowMicros, TickClock.TICK_MICROS) + 1) * TickClock.TICK_MICROS;
    }

    /** One that is not called before that time. */
    private record Resting(long dueMicros, TickClock.Ticking ticking) implements Comparable<Resting> {
        @Override
        public int compareTo(Resting other) {
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
