package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.PublisherState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Two nodes that ask a Sentinel for their Redis, which dies and is replaced by its copy. */
class SentinelIT {

    private static final Duration FRAME = Duration.ofMillis(20);

    @Test
    void whatIsPublishedWhileACopyTakesOverIsNotLostAndItsNodeStillHasTheChannel(@TempDir Path folder)
            throws IOException {
        try (var master = new RealRedis();
                var copy = RealRedis.copyOf(master);
                var sentinel = RealRedis.sentinelOf(master, "speech", folder);
                var leader = new RedisNode("leader", uri(sentinel));
                var follower = new RedisNode("follower", uri(sentinel))) {
            RedisNode.await(() -> sentinel.said("+slave slave 127.0.0.1:" + copy.port()));
            long epoch = leader.lead();
            follower.follow(EntryId.NONE);
            leader.publish(50);
            follower.awaitReceived(50);
            master.kill();
            leader.awaitState(BusState.DEGRADED);
            for (var _ : Flux.interval(FRAME).take(100).toIterable()) {
                leader.publish(1);
            }
            leader.awaitState(BusState.CONNECTED);
            follower.awaitState(BusState.CONNECTED);
            leader.publish(50);
            follower.awaitReceived(200);
            assertThat(follower.received())
                    .isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
            assertThat(follower.breaks()).isEmpty();
            assertThat(leader.state()).isEqualTo(PublisherState.STORING);
            ChannelLease.Held owner = Objects.requireNonNull(
                    follower.cluster.bus().owner(RedisNode.CHANNEL).block());
            assertThat(owner.epoch()).isEqualTo(epoch);
        }
    }

    private static String uri(RealRedis sentinel) {
        // The second one is not there: nodes ask the others.
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + ",127.0.0.1:1#speech";
    }
}
