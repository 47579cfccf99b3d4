package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a broadcast that speak the protocol, with the ids that they gave. Confined to the clock's thread, but for what says that
 * it may be called from any thread.
 */
final class Attendance {

    private final Map<String, Listener> clients = new HashMap<>();
    private final Set<Listener> present = ConcurrentHashMap.newKeySet();
    private final AtomicInteger expected = new AtomicInteger();

    /** Counts a listener that is about to join; from any thread. */
    void expect() {
        expected.incrementAndGet();
    }

    /** Counts one less, joined or not. */
    void dismiss() {
        expected.decrementAndGet();
    }

    /** Returns how many there are, and are about to be; from any thread. */
    int count() {
        return expected.get();
    }

    /** Adds a listener; an older connection of the same client is closed. */
    void add(Listener listener, @Nullable String client) {
        Listener older = client == null ? null : clients.put(client, listener);
        if (older != null) {
            older.loop().execute(() -> older.close(CloseReason.REPLACED));
        }
        present.add(listener);
    }

    void remove(Listener listener, @Nullable String client) {
        present.remove(listener);
        if (client != null) {
            clients.remove(client, listener);
        }
    }

    /** Returns those that have joined, as they are; from any thread. */
    Collection<Listener> present() {
        return Collections.unmodifiableSet(present);
    }

    /** Returns those of a name: more than one while a client replaces its older connection. */
    List<Listener> named(String name) {
        return present.stream().filter(listener -> listener.isNamed(name)).toList();
    }

    /**
     * Returns the figures of those that have joined; from any thread.
     *
     * @param released the sample after the last one that was released
     */
    Stream<ListenerStatus> statuses(long released, long nowMicros) {
        return present.stream().map(listener -> listener.status(released, nowMicros));
    }
}
