package dev.stentor.cluster.redis;

import static java.util.Objects.requireNonNull;

import dev.stentor.clock.ClockThread;
import dev.stentor.cluster.ClusterBus;
import dev.stentor.cluster.ClusterContract;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.CountedStats;
import dev.stentor.cluster.RequestClaims;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of the cluster, with a real Redis. */
class RedisClusterIT extends ClusterContract {

    private static final ClockThread CLOCK = new ClockThread(fault -> {
        throw new AssertionError(fault);
    });

    private static @Nullable RealRedis redis;
    private static @Nullable RedisCluster cluster;

    @BeforeAll
    static void begin() throws IOException {
        var started = new RealRedis();
        var connected = new RedisCluster(Nodes.settings(started.uri()), CLOCK, new CountedStats());
        redis = started;
        cluster = connected;
        Nodes.awaitConnected(connected);
    }

    @AfterAll
    static void end() {
        requireNonNull(cluster).close();
        requireNonNull(redis).close();
        CLOCK.close();
    }

    @Override
    protected ClusterBus bus() {
        return requireNonNull(cluster).bus();
    }

    @Override
    protected ClusterDirectory directory() {
        return requireNonNull(cluster).directory();
    }

    @Override
    protected RequestClaims claims() {
        return requireNonNull(cluster).claims();
    }

    /** Redis runs on this machine, so its time is that of this process. */
    @Override
    protected void letPass(Duration time) {
        Instant over = Instant.now().plus(time).plusMillis(2);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Instant.now().isAfter(over));
    }
}
