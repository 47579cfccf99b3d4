package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.BusState;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.PublisherState;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node whose way to a real Redis lets nothing through, without a connection that breaks. */
class CutOffNodeIT {

    private final RealRedis redis;
    private final CutProxy proxy;
    private final RedisNode cutOff;
    private final RedisNode other;

    CutOffNodeIT() throws IOException {
        redis = new RealRedis();
        proxy = new CutProxy(redis.port());
        cutOff = new RedisNode("cut-off", "redis://127.0.0.1:" + proxy.port());
        other = new RedisNode("other", redis.uri());
    }

    @AfterEach
    void end() throws IOException {
        cutOff.close();
        other.close();
        proxy.close();
        redis.close();
    }

    @Test
    void aFollowerThatWasCutOffGetsWhatItMissed() throws IOException {
        other.lead();
        other.publish(10);
        cutOff.follow(EntryId.NONE);
        cutOff.awaitReceived(10);
        proxy.cut();
        other.publish(40);
        cutOff.awaitState(BusState.DEGRADED);
        other.publish(10);
        proxy.heal();
        cutOff.awaitReceived(60);
        other.publish(5);
        cutOff.awaitReceived(65);
        assertThat(cutOff.received())
                .isEqualTo(LongStream.rangeClosed(1, 65).boxed().toList());
        assertThat(cutOff.breaks()).isEmpty();
    }

    @Test
    void aLeaderThatWasCutOffTooLongIsFencedAndTheNextOneGoesOnBehindWhatWasStored() throws IOException {
        long first = cutOff.lead();
        cutOff.publish(10);
        other.follow(EntryId.NONE);
        other.awaitReceived(10);
        proxy.cut();
        cutOff.publish(10);
        RedisNode.await(() -> cutOff.state() == PublisherState.DOUBTFUL);
        RedisNode.await(() ->
                other.cluster.bus().owner(RedisNode.CHANNEL).blockOptional().isEmpty());
        long second = other.lead();
        other.publish(10);
        other.awaitReceived(20);
        proxy.heal();
        RedisNode.await(() -> cutOff.state() == PublisherState.OVER);
        cutOff.publish(5);
        other.publish(1);
        other.awaitReceived(21);
        assertThat(second).isGreaterThan(first);
        assertThat(other.received())
                .isEqualTo(LongStream.rangeClosed(1, 21).boxed().toList());
        assertThat(other.breaks()).isEmpty();
        assertThat(cutOff.states)
                .containsSubsequence(List.of(PublisherState.BEHIND, PublisherState.DOUBTFUL, PublisherState.OVER));
    }
}
