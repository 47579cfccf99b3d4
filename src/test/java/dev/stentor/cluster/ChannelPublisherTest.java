package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.ClusterRelay.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A channel's leader and the cluster, in virtual time. */
class ChannelPublisherTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ClusterRelay relay = new ClusterRelay(new SplittableRandom(1), 10_000);
    private final Node leader = relay.node(0);
    private final Node other = relay.node(0);

    @Test
    void whatIsPublishedIsStoredAndPublishedLiveInOrder() {
        leader.lead();
        other.follow();
        relay.advance(SECOND);
        leader.publish(120);
        relay.advance(SECOND);
        assertThat(relay.history()).isEqualTo(upTo(120));
        assertThat(other.live()).isEqualTo(upTo(120));
        assertThat(leader.stats.appended).isEqualTo(120);
        assertThat(leader.states).containsExactly(PublisherState.STORING);
    }

    @Test
    void theLeaseIsKept() {
        leader.lead();
        relay.advance(Duration.ofMinutes(1));
        other.leadIfFree();
        relay.advance(SECOND);
        assertThat(other.isLeading()).isFalse();
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
    }

    @Test
    void theLeaseIsRenewedThreeTimesInItsLengthHoweverOftenTheClusterCameBack() {
        leader.lead();
        for (int i = 0; i < 10; i++) {
            leader.cutFor(Duration.ofMillis(300));
            relay.advance(Duration.ofMillis(1_130));
        }
        int before = leader.bus.renewals();
        relay.advance(Duration.ofMinutes(1));
        assertThat(leader.bus.renewals() - before).isBetween(29, 30);
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
    }

    @Test
    void whatWaitedTooLongIsStoredButNotPublished() {
        leader.lead();
        other.follow();
        var published = new ArrayList<Long>();
        var _ = relay.cluster()
                .tail(ClusterRelay.CHANNEL)
                .ofType(TailSignal.Published.class)
                .subscribe(signal -> published.add(signal.entry().id().seq()));
        relay.advance(SECOND);
        leader.cutFor(Duration.ofSeconds(3));
        leader.publish(10);
        relay.advance(Duration.ofMillis(2_900));
        leader.publish(10);
        assertThat(leader.state()).isEqualTo(PublisherState.BEHIND);
        relay.advance(Duration.ofSeconds(5));
        assertThat(relay.history()).isEqualTo(upTo(20));
        assertThat(other.received()).isEqualTo(relay.historyIds());
        assertThat(published).isEqualTo(LongStream.rangeClosed(11, 20).boxed().toList());
        assertThat(leader.states)
                .containsExactly(PublisherState.STORING, PublisherState.BEHIND, PublisherState.STORING);
    }

    @Test
    void beyondItsMemoryTheOldestAreGivenUpAndCounted() {
        leader.lead();
        relay.advance(SECOND);
        leader.publish(10);
        relay.advance(SECOND);
        leader.cutFor(Duration.ofSeconds(2));
        leader.publish(3_005);
        relay.advance(Duration.ofSeconds(10));
        assertThat(leader.stats.notStored).isEqualTo(5);
        assertThat(relay.history().getFirst()).isEqualTo(1);
        assertThat(relay.history()).hasSize(3_010).doesNotContain(11L, 15L).contains(10L, 16L, 3_015L);
    }

    @Test
    void aLeaderWhoseLeaseRanOutStoresNothingButGoesOnIfNobodyTookTheChannel() {
        leader.lead();
        relay.advance(SECOND);
        leader.cutFor(Duration.ofSeconds(30));
        relay.advance(Duration.ofSeconds(10));
        assertThat(leader.state()).isEqualTo(PublisherState.DOUBTFUL);
        leader.publish(5);
        relay.advance(Duration.ofSeconds(30));
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
        assertThat(relay.history()).isEqualTo(upTo(5));
        assertThat(leader.states)
                .containsExactly(
                        PublisherState.STORING, PublisherState.BEHIND, PublisherState.DOUBTFUL, PublisherState.STORING);
    }

    @Test
    void aLeaderThatCannotRenewStoresNothingFromTheMomentOnInWhichItsLeaseMayRunOut() {
        leader.lead();
        relay.advance(SECOND);
        leader.bus.loseRenewals(true);
        relay.advance(Duration.ofSeconds(8));
        leader.publish(5);
        relay.advance(SECOND);
        assertThat(leader.state()).isEqualTo(PublisherState.DOUBTFUL);
        assertThat(relay.history()).isEmpty();
        leader.bus.loseRenewals(false);
        relay.advance(SECOND);
        assertThat(relay.history()).isEqualTo(upTo(5));
    }

    @Test
    void aLeaderThatWasReplacedIsFencedOnce() {
        leader.lead();
        leader.publish(3);
        relay.advance(SECOND);
        leader.cutFor(Duration.ofSeconds(20));
        relay.advance(Duration.ofSeconds(10));
        other.lead();
        other.publish(2);
        leader.publish(4);
        relay.advance(Duration.ofSeconds(20));
        assertThat(leader.state()).isEqualTo(PublisherState.OVER);
        assertThat(leader.stats.fenced).isEqualTo(1);
        assertThat(relay.history()).isEqualTo(upTo(5));
        assertThat(relay.epochs()).isEqualTo(2);
    }

    @Test
    void aLeaderThatIsFencedByItsNextEntryIsFencedOnce() {
        leader.lead();
        relay.advance(SECOND);
        relay.cluster().empty();
        other.lead();
        leader.publish(4);
        relay.advance(Duration.ofSeconds(5));
        assertThat(leader.state()).isEqualTo(PublisherState.OVER);
        assertThat(leader.stats.fenced).isEqualTo(1);
        assertThat(relay.history()).isEmpty();
    }

    @Test
    void aHandOverStoresAllAndFreesTheChannelAtOnce() {
        leader.lead();
        relay.advance(SECOND);
        leader.publish(500);
        var handedOver = new ArrayList<Boolean>();
        var _ = leader.publisher().handOver().subscribe(handedOver::add);
        relay.advance(SECOND);
        assertThat(handedOver).containsExactly(true);
        assertThat(leader.state()).isEqualTo(PublisherState.OVER);
        assertThat(relay.history()).isEqualTo(upTo(500));
        other.lead();
        other.publish();
        relay.advance(SECOND);
        assertThat(relay.history()).isEqualTo(upTo(501));
        assertThat(leader.stats.fenced).isZero();
    }

    @Test
    void aHandOverWaitsForTheClusterAndFailsIfThisIsClosed() {
        leader.lead();
        relay.advance(SECOND);
        leader.cutFor(Duration.ofSeconds(2));
        leader.publish(5);
        var handedOver = new ArrayList<Boolean>();
        var _ = leader.publisher().handOver().subscribe(handedOver::add);
        relay.advance(Duration.ofMillis(1_900));
        assertThat(handedOver).isEmpty();
        relay.advance(Duration.ofSeconds(3));
        assertThat(handedOver).containsExactly(true);
        other.lead();
        other.cutFor(Duration.ofSeconds(20));
        other.publish(5);
        var _ = other.publisher().handOver().subscribe(handedOver::add);
        relay.advance(Duration.ofSeconds(3));
        other.publisher().close();
        assertThat(handedOver).containsExactly(true, false);
        assertThat(relay.history()).isEqualTo(upTo(5));
    }

    @Test
    void storingGoesOnWhileOnlyTheSubscriptionsAreOutOfReach() {
        leader.lead();
        leader.publish(1);
        relay.advance(SECOND);
        leader.bus.tell(BusState.DEGRADED);
        relay.advance(Duration.ofMillis(10));
        leader.publish(4);
        relay.advance(SECOND);
        assertThat(relay.history()).isEqualTo(upTo(5));
        assertThat(leader.state()).isEqualTo(PublisherState.STORING);
    }

    @Test
    void aHandOverIsNotUndoneByARenewalThatIsOnItsWay() {
        for (int millis = 0; millis < 150; millis++) {
            var each = new ClusterRelay(new SplittableRandom(millis), 100);
            Node leaving = each.node(0);
            leaving.lead();
            each.advance(Duration.ofMillis(1_850 + millis));
            var handedOver = new ArrayList<Boolean>();
            var _ = leaving.publisher().handOver().subscribe(handedOver::add);
            each.advance(SECOND);
            assertThat(handedOver).containsExactly(true);
            assertThat(leaving.stats.fenced).isZero();
            assertThat(each.cluster().owner(ClusterRelay.CHANNEL).blockOptional(Duration.ZERO))
                    .as("%d ms", millis)
                    .isEmpty();
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
