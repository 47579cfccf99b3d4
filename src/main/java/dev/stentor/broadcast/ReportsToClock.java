package dev.stentor.broadcast;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way of players' reports from the event loops to the clock's thread, where back ends and clears wait for them: one task takes all
 * that come within a tick, however many players report. {@link #add} may be called from any thread.
 */
final class ReportsToClock {

    private static final Duration TICK = Duration.of(TickClock.TICK_MICROS, ChronoUnit.MICROS);

    private final TickClock clock;
    private final EventFeed news;
    private final CutReports cuts;
    private final Queue<ListenerStatus> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();

    /**
     * @param news hears of each report while somebody follows it
     * @param cuts is told once after all of them
     */
    ReportsToClock(TickClock clock, EventFeed news, CutReports cuts) {
        this.clock = clock;
        this.news = news;
        this.cuts = cuts;
    }

    /** Tells whether anybody on the clock's thread wants a report. */
    boolean areWanted() {
        return news.isFollowed() || cuts.isAwaited();
    }

    /** Hands on what a listener has just reported. */
    void add(ListenerStatus reported) {
        waiting.add(reported);
        if (called.compareAndSet(false, true)) {
            var _ = clock.after(TICK, this::take);
        }
    }

    private void take() {
        called.set(false); // before the look: what comes now calls again
        for (ListenerStatus reported = waiting.poll(); reported != null; reported = waiting.poll()) {
            news.reported(reported);
        }
        if (cuts.isAwaited()) {
            cuts.look();
        }
    }
}
