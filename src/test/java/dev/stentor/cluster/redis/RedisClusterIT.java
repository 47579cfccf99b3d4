package dev.stentor.cluster.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.clock.ClockThread;
import dev.stentor.cluster.AppendResult;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ClusterBus;
import dev.stentor.cluster.ClusterContract;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.CountedStats;
import dev.stentor.cluster.EntryBatch;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.RequestClaims;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the cluster, with a real Redis. */
class RedisClusterIT extends ClusterContract {

    private static final ClockThread CLOCK = new ClockThread(
            fault -> {
                throw new AssertionError(fault);
            },
            1);

    private static final int MANY = Nodes.HISTORY_ENTRIES + 500;

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

    /** Redis drops whole nodes of a stream, a hundred small entries each. */
    @Test
    void aHistoryKeepsTheLatestEntriesAndMakesRoomForThem() {
        for (int first = 1; first <= MANY; first += 7) {
            var seven = new EntryBatch(entries(1, first, first + 6));
            assertThat(get(bus().append(channel, seven, true))).isEqualTo(new AppendResult.Stored());
        }
        List<ChannelEntry> kept = get(bus().range(channel, EntryId.NONE, new EntryId(2, 1), 2 * MANY));
        assertThat(kept).hasSizeBetween(Nodes.HISTORY_ENTRIES, Nodes.HISTORY_ENTRIES + 120);
        assertThat(kept.getLast().id()).isEqualTo(get(bus().last(channel)));
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
