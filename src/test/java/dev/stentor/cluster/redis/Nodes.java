package dev.stentor.cluster.redis;

import dev.stentor.cluster.BusState;
import java.time.Duration;

/** Settings of nodes in tests, and the wait for their connections. */
final class Nodes {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Nodes() {}

    static RedisSettings settings(String uri) {
        return new RedisSettings(uri, "test:", 3_000, Duration.ofMinutes(10), Duration.ofMillis(500));
    }

    static void awaitConnected(RedisCluster cluster) {
        var _ = cluster.bus()
                .states()
                .filter(state -> state == BusState.CONNECTED)
                .blockFirst(LIMIT);
    }
}
