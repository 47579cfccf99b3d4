package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.PublisherState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Two nodes and a real Redis that dies, comes back empty, or is out of reach for one of them. */
class RedisOutageIT {

    private static final Duration FRAME = Duration.ofMillis(20);

    private final RealRedis redis;
    private final RedisNode leader;
    private final RedisNode follower;

    RedisOutageIT() throws IOException {
        redis = new RealRedis();
        leader = new RedisNode("leader", redis.uri());
        follower = new RedisNode("follower", redis.uri());
    }

    @AfterEach
    void end() {
        leader.close();
        follower.close();
        redis.close();
    }

    @Test
    void whatIsPublishedWhileRedisIsKilledForThreeSecondsIsNeitherLostNorLive() throws IOException {
        leader.lead();
        follower.follow(EntryId.NONE);
        publishAtPace(50);
        follower.awaitReceived(50);
        redis.kill();
        publishAtPace(150); // three seconds
        redis.restart();
        leader.awaitState(BusState.CONNECTED);
        follower.awaitState(BusState.CONNECTED);
        publishAtPace(50);
        follower.awaitReceived(250);
        assertThat(follower.received()).isEqualTo(upTo(250));
        assertThat(follower.breaks()).isEmpty();
        assertThat(follower.receivedLive()).isNotEmpty().doesNotContainAnyElementsOf(between(51, 90));
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
    }

    @Test
    void aRedisThatComesBackEmptyIsFilledAgainAndTheEpochDoesNotGoBack() throws IOException {
        long epoch = leader.lead();
        leader.publish(100);
        follower.follow(EntryId.NONE);
        follower.awaitReceived(100);
        redis.kill();
        redis.restart();
        RedisNode.await(() -> last().equals(new EntryId(epoch, 100)));
        leader.publish(20);
        follower.awaitReceived(120);
        assertThat(follower.received()).isEqualTo(upTo(120));
        try (var late = new RedisNode("late", redis.uri())) {
            late.follow(EntryId.NONE);
            late.awaitReceived(120);
            assertThat(late.received()).isEqualTo(upTo(120));
            assertThat(late.breaks()).isEmpty();
        }
        leader.close();
        redis.kill();
        redis.restart();
        follower.awaitState(BusState.CONNECTED);
        ChannelLease next = Objects.requireNonNull(follower.cluster
                .bus()
                .lease(RedisNode.CHANNEL, "follower", Duration.ofSeconds(6))
                .block());
        assertThat(next).isInstanceOf(ChannelLease.Granted.class);
        assertThat(next.epoch()).isGreaterThan(epoch);
    }

    private EntryId last() {
        return Objects.requireNonNull(follower.cluster
                .bus()
                .last(RedisNode.CHANNEL)
                .onErrorReturn(EntryId.NONE)
                .defaultIfEmpty(EntryId.NONE)
                .block());
    }

    private void publishAtPace(int frames) {
        for (var _ : Flux.interval(FRAME).take(frames).toIterable()) {
            leader.publish(1);
        }
    }

    private static List<Long> upTo(long last) {
        return between(1, last);
    }

    private static List<Long> between(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
