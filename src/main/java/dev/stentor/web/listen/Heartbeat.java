package dev.stentor.web.listen;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Pings a connection, and says when it no longer answers. Confined to the connection's event loop. */
final class Heartbeat {

    private static final int MISSES = 2;

    private final Future<?> timer;
    private int unanswered;

    /**
     * Begins at once.
     *
     * @param interval between two pings
     * @param ping sends one
     * @param dead called once, after two that stayed without an answer
     */
    Heartbeat(EventLoop loop, Duration interval, Runnable ping, Runnable dead) {
        timer = loop.scheduleAtFixedRate(
                () -> beat(ping, dead), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Anything came from the client. */
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
