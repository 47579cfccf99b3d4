package dev.stentor.archive;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The requests that are being spoken or looked for, so that others can wait for their end. Thread-safe. */
final class PendingFiles {

    private final ConcurrentMap<String, Sinks.Empty<Void>> pending = new ConcurrentHashMap<>();

    /** Records that a request is under way, unless it is already. */
    void begin(String requestKey) {
        var _ = pending.computeIfAbsent(requestKey, _ -> Sinks.empty());
    }

    /** Tells those who wait that a request is not under way any more. */
    void end(String requestKey) {
        Sinks.Empty<Void> over = pending.remove(requestKey);
        if (over != null) {
            var _ = over.tryEmitEmpty();
        }
    }

    /** Completes when a request is not under way any more; at once if it is not. */
    Mono<Void> over(String requestKey) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> known = pending.get(requestKey);
            return known == null ? Mono.empty() : known.asMono();
        });
    }
}
