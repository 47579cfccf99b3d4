package dev.stentor.web.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Share of one event loop that TLS handshakes may have: at most half of its time. A handshake takes a millisecond or two, of the event loop
 * that also serves listeners. When many clients connect at once, their handshakes wait here, and all else goes on in between. Addresses have
 * their turns one after the other, so that an address with many handshakes delays its own only. Confined to the event loop.
 */
final class HandshakeTurns {

    private final EventExecutor loop;
    /** Steps that wait, by address; the address whose turn is next comes first. None is without a step. */
    private final Map<Object, Queue<Runnable>> waiting = new LinkedHashMap<>();

    private boolean resting;

    HandshakeTurns(EventExecutor loop) {
        this.loop = loop;
    }

    /** Runs a step of a handshake with an address: now, or when its turn has come. */
    void take(Object address, Runnable step) {
        waiting.computeIfAbsent(address, _ -> new ArrayDeque<>(2)).add(step);
        if (!resting) {
            next();
        }
    }

    /** Runs one step, then leaves the event loop to others for as long as the step took. */
    private void next() {
        resting = !waiting.isEmpty();
        if (!resting) {
            return;
        }
        long begun = loop.ticker().nanoTime();
        try {
            poll().run();
        } finally {
            // Scheduled even if it took no time: a task would run before the loop looks at its sockets again.
            var _ = loop.schedule(this::next, loop.ticker().nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    private Runnable poll() {
        var first = waiting.entrySet().iterator().next();
        Queue<Runnable> steps = first.getValue();
        waiting.remove(first.getKey());
        Runnable step = steps.remove();
        if (!steps.isEmpty()) {
            waiting.put(first.getKey(), steps);
        }
        return step;
    }
}
