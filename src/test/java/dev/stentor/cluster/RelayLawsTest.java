package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.ClusterRelay.Node;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laws of the way from a leader to a follower, over a bus that loses, repeats, reorders and disconnects, in virtual time and with many
 * seeds.
 */
class RelayLawsTest {

    private static final Duration FRAME = Duration.ofMillis(20);
    private static final Duration CALM = Duration.ofSeconds(15);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFollowerGetsEachEntryOnceAndInOrder(long seed) {
        RandomGenerator random = random(seed);
        var relay = new ClusterRelay(random, 10_000);
        Node leader = relay.node(0.05);
        Node follower = relay.node(0.15);
        leader.lead();
        for (int i = 0; i < 800; i++) {
            if (i == 100) {
                follower.follow();
            }
            leader.publish();
            maybeCut(random, leader, 0.004, 60);
            maybeCut(random, follower, 0.008, 60);
            relay.advance(FRAME);
        }
        relay.calm(CALM);
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
        assertThat(difference(relay.history(), upTo(800))).isEmpty();
        assertThat(difference(follower.received(), relay.historyIds())).isEmpty();
        assertThat(follower.breaks()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void throughTakeoversTheHistoryHasNoNumberTwiceAndFollowersGetAllOfIt(long seed) {
        RandomGenerator random = random(seed);
        var relay = new ClusterRelay(random, 10_000);
        List<Node> nodes = List.of(relay.node(0.03), relay.node(0.03));
        Node follower = relay.node(0.1);
        follower.follow();
        nodes.getFirst().lead();
        for (int i = 0; i < 2_000; i++) {
            nodes.forEach(Node::publishIfLeading);
            if (i % 700 == 300) {
                nodes.get(i / 700 % 2).cutFor(Duration.ofSeconds(9));
            }
            if (i % 50 == 0) {
                nodes.forEach(Node::leadIfFree);
            }
            maybeCut(random, follower, 0.005, 40);
            relay.advance(FRAME);
        }
        for (int i = 0; i < CALM.toSeconds(); i++) {
            relay.calm(Duration.ofSeconds(1));
            nodes.forEach(Node::publishIfLeading);
            nodes.forEach(Node::leadIfFree);
        }
        relay.calm(CALM);
        assertThat(nodes.stream().filter(Node::isLeading)).hasSize(1);
        assertThat(difference(relay.history(), upTo(relay.history().size()))).isEmpty();
        assertThat(relay.epochs()).isGreaterThan(1);
        assertThat(difference(follower.received(), relay.historyIds())).isEmpty();
        assertThat(follower.breaks()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anEmptiedClusterCostsNothingThatTheLeaderStillRemembers(long seed) {
        RandomGenerator random = random(seed);
        var relay = new ClusterRelay(random, 10_000);
        Node leader = relay.node(0);
        Node follower = relay.node(0.05);
        leader.lead();
        follower.follow();
        for (int i = 0; i < 600; i++) {
            leader.publish();
            if (i == 200 + random.nextInt(100)) {
                relay.killAndEmpty(Duration.ofSeconds(3), List.of(leader, follower));
            }
            relay.advance(FRAME);
        }
        relay.calm(CALM);
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
        assertThat(difference(relay.history(), upTo(600))).isEmpty();
        assertThat(difference(follower.received(), relay.historyIds())).isEmpty();
        assertThat(follower.breaks()).isEmpty();
    }

    private static void maybeCut(RandomGenerator random, Node node, double chance, int mostFrames) {
        if (random.nextDouble() < chance) {
            node.cutFor(FRAME.multipliedBy(1 + random.nextInt(mostFrames)));
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** Says where two lists first differ, in a few words. */
    private static <T> String difference(List<T> actual, List<T> expected) {
        for (int i = 0; i < Math.max(actual.size(), expected.size()); i++) {
            Object left = i < actual.size() ? actual.get(i) : "nothing";
            Object right = i < expected.size() ? expected.get(i) : "nothing";
            if (!left.equals(right)) {
                return left + " instead of " + right + " at " + i + ", of " + actual.size() + " and " + expected.size();
            }
        }
        return "";
    }
}
