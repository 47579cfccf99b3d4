package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does something when nothing has happened for a while; with one timer, however much happens. Confined to the clock's thread. */
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

    /** Something happened: the time begins anew, and runs. */
    void stir() {
        lastMicros = clock.micros();
        if (timer == null) {
            timer = clock.after(longest, this::look);
        }
    }

    /** Nothing is waited for any more. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void look() {
        timer = null;
        long leftMicros = lastMicros + longest.toNanos() / 1_000 - clock.micros();
        if (leftMicros > 0) {
            timer = clock.after(Duration.ofNanos(leftMicros * 1_000), this::look);
        } else {
            action.run();
        }
    }
}
