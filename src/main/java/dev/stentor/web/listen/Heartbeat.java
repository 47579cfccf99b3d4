package dev.stentor.web.listen;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A timer that pings a connection from which nothing came for a while, and tells when it no longer answers. Players that report
 * need no pings. The timers of an event loop go off together, at a few points of each interval, so that it wakes once for many of them. Confined to the connection's event loop.
 */
final class Heartbeat {

    private static final int MISSES = 2;

    /** So many points of an interval have timers that go off. */
    private static final int POINTS = 20;

    private final Future<?> timer;
    /** Whether the client said something since the last beat. */
    private boolean spoke;

    private int unanswered;

    /**
     * Starts the timer.
     *
     * @param interval of silence after which a ping is sent, up to a twentieth more for the first one; and between two pings
     * @param ping an action that sends a ping
     * @param dead an action that is run once, after two pings without an answer
     */
    Heartbeat(EventLoop loop, Duration interval, Runnable ping, Runnable dead) {
        long nanos = interval.toNanos();
        timer = loop.scheduleAtFixedRate(
                () -> beat(ping, dead),
                nanos + untilPoint(loop.ticker().nanoTime() + nanos, nanos / POINTS),
                nanos,
                TimeUnit.NANOSECONDS);
    }

    /** Returns the time from a moment until the next multiple of a step. */
    private static long untilPoint(long nanos, long step) {
        return Math.floorMod(-nanos, Math.max(1, step));
    }

    /** Notes what came from the client. The answer to a ping shows that it is there, but puts off no ping. */
    void heard(WebSocketFrame frame) {
        if (frame instanceof PongWebSocketFrame) {
            unanswered = 0;
        } else {
            heardMessage();
        }
    }

    /** Notes that the client said something. */
    void heardMessage() {
        unanswered = 0;
        spoke = true;
    }

    void stop() {
        timer.cancel(false);
    }

    private void beat(Runnable ping, Runnable dead) {
        if (spoke) {
            spoke = false;
        } else if (unanswered == MISSES) {
            stop();
            dead.run();
        } else {
            unanswered++;
            ping.run();
        }
    }
}
