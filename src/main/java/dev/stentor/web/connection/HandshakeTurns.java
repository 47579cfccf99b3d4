package dev.stentor.web.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Share of one event loop that TLS handshakes may have: at most half of its time. A handshake takes a millisecond or two, of the event loop
 * that also serves listeners. When many clients connect at once, their handshakes wait for each other here, and all else goes on in between.
 * Confined to the event loop.
 */
final class HandshakeTurns {

    private final EventExecutor loop;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean resting;

    HandshakeTurns(EventExecutor loop) {
        this.loop = loop;
    }

    /** Runs a step of a handshake: now, or after those that wait already. */
    void take(Runnable step) {
        waiting.add(step);
        if (!resting) {
            next();
        }
    }

    /** Runs the step that has waited longest, then leaves the event loop to others for as long as the step took. */
    private void next() {
        resting = false;
        Runnable step = waiting.poll();
        if (step == null) {
            return;
        }
        resting = true;
        long begun = loop.ticker().nanoTime();
        try {
            step.run();
        } finally {
            // Scheduled even if it took no time: a task would run before the loop looks at its sockets again.
            var _ = loop.schedule(this::next, loop.ticker().nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
