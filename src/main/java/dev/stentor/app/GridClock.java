package dev.stentor.app;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.clock.TickClock;

/** Gives the broadcasts what they need of the clock. */
record GridClock(TickClock clock) implements Broadcasts.PlainClock {

    @Override
    public long micros() {
        return clock.micros();
    }

    @Override
    public void activate(Broadcasts.Tick tick) {
        clock.activate(tick::at);
    }

    @Override
    public void execute(Runnable task) {
        clock.execute(task);
    }
}
