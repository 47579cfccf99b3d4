package dev.stentor.cluster.redis;

import dev.stentor.usage.Quota;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Use by the callers of this node, as this node counts it: all that they hold, and all that they paid and Redis does not know yet. Redis is told again and
 * again, so that it knows what it has forgotten, and forgets what this node had if this node is gone. Thread-safe.
 */
final class OwnUse {

    private final ConcurrentMap<Holding, Long> held = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> unsent = new ConcurrentHashMap<>();

    /** Holding of a caller of one kind; of characters, those that are reserved. */
    record Holding(String caller, Quota kind) {}

    void hold(Holding what, long more) {
        var _ = held.merge(what, more, Long::sum);
    }

    /** Gives back at most what is held. Returns how much that was. */
    long give(Holding what, long less) {
        var given = new long[1];
        var _ = held.computeIfPresent(what, (_, before) -> {
            given[0] = Math.min(before, less);
            return before == given[0] ? null : Long.valueOf(before - given[0]);
        });
        return given[0];
    }

    Map<Holding, Long> held() {
        return Map.copyOf(held);
    }

    /** Adds characters that could not be told. */
    void owe(String caller, long characters) {
        if (characters > 0) {
            var _ = unsent.merge(caller, characters, Long::sum);
        }
    }

    /** Takes the characters of a caller that could not be told. */
    long owed(String caller) {
        Long owed = unsent.remove(caller);
        return owed == null ? 0 : owed;
    }

    Iterable<String> debtors() {
        return unsent.keySet();
    }
}
