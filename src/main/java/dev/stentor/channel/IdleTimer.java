package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that acts when it was not restarted for a while. Uses one timer of the clock at most. Confined to the clock's thread. */
final class IdleTimer {

    private final TickClock clock;
    private final Duration longest;
    private final Runnable action;
    private TickClock.@Nullable Timer timer;
    private long lastMicros;

    IdleTimer(TickClock clock, Duration longest, Runnable action) {
        this.clock = clock;
        this.longest = longest;
        this.action = action;
    }

    /** Starts the time anew. */
    void restart() {
        lastMicros = clock.micros();
        if (timer == null) {
            timer = clock.after(longest, this::check);
        }
    }

    /** Stops the timer; it can be restarted. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void check() {
        timer = null;
        long leftMicros = lastMicros + longest.toNanos() / 1_000 - clock.micros();
        if (leftMicros > 0) {
            timer = clock.after(Duration.ofNanos(leftMicros * 1_000), this::check);
        } else {
            action.run();
        }
    }
}
