package dev.stentor.web.listen;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A timer that pings a connection, and tells when it no longer answers. Confined to the connection's event loop. */
final class Heartbeat {

    private static final int MISSES = 2;

    private final Future<?> timer;
    private int unanswered;

    /**
     * Starts the timer.
     *
     * @param interval between two pings
     * @param ping an action that sends a ping
     * @param dead an action that is run once, after two pings without an answer
     */
    Heartbeat(EventLoop loop, Duration interval, Runnable ping, Runnable dead) {
        timer = loop.scheduleAtFixedRate(
                () -> beat(ping, dead), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Notes that something came from the client. */
    void alive() {
        unanswered = 0;
    }

    void stop() {
        timer.cancel(false);
    }

    private void beat(Runnable ping, Runnable dead) {
        if (unanswered == MISSES) {
            stop();
            dead.run();
        } else {
            unanswered++;
            ping.run();
        }
    }
}
