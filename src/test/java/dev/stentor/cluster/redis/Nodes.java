package dev.stentor.cluster.redis;

import dev.stentor.cluster.BusState;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of nodes in tests, and the wait for their connections. */
final class Nodes {

    /** Entries that a history keeps at least. */
    static final int HISTORY_ENTRIES = 3_000;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Nodes() {}

    static RedisSettings settings(String uri) {
        return settings(uri, null);
    }

    static RedisSettings settings(String uri, @Nullable Path certificates) {
        return new RedisSettings(
                uri, certificates, "test:", HISTORY_ENTRIES, Duration.ofMinutes(10), Duration.ofMillis(500));
    }

    static void awaitConnected(RedisCluster cluster) {
        var _ = cluster.bus()
                .states()
                .filter(state -> state == BusState.CONNECTED)
                .blockFirst(LIMIT);
    }
}
