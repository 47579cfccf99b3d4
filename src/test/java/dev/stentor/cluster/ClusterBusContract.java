package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.AppendResult.Fenced;
import dev.stentor.cluster.AppendResult.Stored;
import dev.stentor.cluster.ChannelLease.Held;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Contract of the adapters of {@link ClusterBus}. */
public abstract class ClusterBusContract extends ClusterFixture {

    @Test
    public void oneNodeHasAChannelAndTheOthersAreToldWhich() {
        long epoch = granted("a");
        assertThat(get(bus().lease(channel, "b", LONG))).isEqualTo(new Held("a", epoch));
        assertThat(get(bus().owner(channel))).isEqualTo(new Held("a", epoch));
    }

    @Test
    public void aNodeThatAsksAgainGetsAnotherLeaseAndTheOneBeforeIsOver() {
        long first = granted("a");
        assertThat(append(first, 1, 2)).isEqualTo(new Stored());
        long second = granted("a");
        assertThat(second).isGreaterThan(first);
        assertThat(append(first, 3, 3)).isEqualTo(new Fenced(second));
        done(bus().release(channel, "a", first));
        assertThat(get(bus().owner(channel))).isEqualTo(new Held("a", second));
    }

    @Test
    public void aChannelThatNobodyAskedForIsNobodys() {
        assertThat(bus().owner(channel).blockOptional(LIMIT)).isEmpty();
        assertThat(bus().last(channel).blockOptional(LIMIT)).isEmpty();
        assertThat(get(bus().range(channel, EntryId.NONE, new EntryId(9, 9), 5)))
                .isEmpty();
    }

    @Test
    public void aLeaseThatRanOutGoesToAnotherNodeWithAHigherEpoch() {
        long first = granted("a", SHORT);
        letPass(SHORT);
        long second = granted("b");
        assertThat(second).isGreaterThan(first);
        assertThat(get(bus().renew(channel, "a", first, LONG))).isFalse();
        assertThat(get(bus().owner(channel))).isEqualTo(new Held("b", second));
    }

    @Test
    public void aLeaseThatIsRenewedGoesOn() {
        long epoch = granted("a", SHORT);
        assertThat(get(bus().renew(channel, "a", epoch, LONG))).isTrue();
        letPass(SHORT);
        assertThat(get(bus().lease(channel, "b", LONG))).isEqualTo(new Held("a", epoch));
    }

    @Test
    public void aLeaseThatRanOutIsRenewedIfNobodyTookTheChannel() {
        long epoch = granted("a", SHORT);
        letPass(SHORT);
        assertThat(get(bus().renew(channel, "a", epoch, LONG))).isTrue();
        assertThat(get(bus().lease(channel, "b", LONG))).isEqualTo(new Held("a", epoch));
    }

    @Test
    public void aLeaseThatIsGivenBackIsFreeAtOnceAndItsEpochIsUsedUp() {
        long first = granted("a");
        done(bus().release(channel, "a", first));
        assertThat(bus().owner(channel).blockOptional(LIMIT)).isEmpty();
        assertThat(granted("b")).isGreaterThan(first);
        done(bus().release(channel, "a", first));
        assertThat(get(bus().owner(channel)).node()).isEqualTo("b");
    }

    @Test
    public void aLeaseThatWasGivenBackIsNotRenewed() {
        long epoch = granted("a");
        done(bus().release(channel, "a", epoch));
        assertThat(get(bus().renew(channel, "a", epoch, LONG))).isFalse();
        assertThat(bus().owner(channel).blockOptional(LIMIT)).isEmpty();
    }

    @Test
    public void aLeaderWhoseLeaseTheClusterHasLostForAnEarlierOneGoesOn() {
        long lost = granted("a", SHORT) + 1_000;
        letPass(SHORT);
        assertThat(append(lost, 1, 3)).isEqualTo(new Stored());
        assertThat(get(bus().renew(channel, "b", lost, LONG))).isTrue();
        assertThat(get(bus().owner(channel))).isEqualTo(new Held("b", lost));
    }

    @Test
    public void anEarlierLeaseThatStillRunsFences() {
        long epoch = granted("a");
        assertThat(append(epoch + 1_000, 1, 3)).isEqualTo(new Fenced(epoch));
        assertThat(get(bus().renew(channel, "b", epoch + 1_000, LONG))).isFalse();
        assertThat(get(bus().owner(channel))).isEqualTo(new Held("a", epoch));
    }

    @Test
    public void theSameNodeGetsANewEpochOnceItsLeaseRanOut() {
        long first = granted("a", SHORT);
        letPass(SHORT);
        assertThat(granted("a")).isGreaterThan(first);
    }

    @Test
    public void anEpochIsHigherThanThatOfTheHistory() {
        long far = 9_000_000_000_000L;
        assertThat(append(far, 1, 2)).isEqualTo(new Stored());
        assertThat(granted("a")).isEqualTo(far + 1);
    }

    @Test
    public void theHistoryGivesEntriesBackInOrderAndByteForByte() {
        long epoch = granted("a");
        assertThat(append(epoch, 1, 5)).isEqualTo(new Stored());
        assertThat(get(bus().range(channel, EntryId.NONE, new EntryId(epoch, 9), 100)))
                .isEqualTo(entries(epoch, 1, 5));
        assertThat(get(bus().range(channel, new EntryId(epoch, 2), new EntryId(epoch, 4), 2)))
                .isEqualTo(entries(epoch, 2, 3));
        assertThat(get(bus().last(channel))).isEqualTo(new EntryId(epoch, 5));
    }

    @Test
    public void everyByteIsKept() {
        long epoch = granted("a");
        var all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        var entry = new ChannelEntry(new EntryId(epoch, 1), ByteBuffer.wrap(all));
        assertThat(get(bus().append(channel, new EntryBatch(List.of(entry)), true)))
                .isEqualTo(new Stored());
        assertThat(get(bus().range(channel, entry.id(), entry.id(), 1))).containsExactly(entry);
    }

    @Test
    public void appendingAgainChangesNothing() {
        long epoch = granted("a");
        assertThat(append(epoch, 1, 3)).isEqualTo(new Stored());
        assertThat(append(epoch, 1, 3)).isEqualTo(new Stored());
        assertThat(append(epoch, 2, 5)).isEqualTo(new Stored());
        assertThat(get(bus().range(channel, EntryId.NONE, new EntryId(epoch, 9), 100)))
                .isEqualTo(entries(epoch, 1, 5));
    }

    @Test
    public void whoLostTheChannelCannotAppendFromTheMomentOfTheNextLease() {
        long first = granted("a", SHORT);
        assertThat(append(first, 1, 3)).isEqualTo(new Stored());
        letPass(SHORT);
        long second = granted("b");
        assertThat(append(first, 4, 4)).isEqualTo(new Fenced(second));
        assertThat(append(second, 4, 5)).isEqualTo(new Stored());
        assertThat(append(first, 5, 9)).isEqualTo(new Fenced(second));
        assertThat(get(bus().last(channel))).isEqualTo(new EntryId(second, 5));
    }

    @Test
    public void aHigherEpochInTheHistoryFencesWithoutALease() {
        assertThat(append(8, 1, 1)).isEqualTo(new Stored());
        assertThat(append(7, 2, 2)).isEqualTo(new Fenced(8));
    }

    @Test
    public void subscribersGetWhatIsPublishedLiveAndNothingElse() {
        long epoch = granted("a");
        assertThat(append(epoch, 1, 1)).isEqualTo(new Stored());
        StepVerifier.create(bus().tail(channel))
                .expectNext(new TailSignal.Subscribed())
                .then(() -> {
                    assertThat(append(epoch, 2, 3)).isEqualTo(new Stored());
                    assertThat(get(bus().append(channel, batch(epoch, 4, 4), false)))
                            .isEqualTo(new Stored());
                    assertThat(append(epoch, 1, 5)).isEqualTo(new Stored());
                    assertThat(append(epoch - 1, 6, 6)).isEqualTo(new Fenced(epoch));
                    assertThat(append(epoch, 6, 6)).isEqualTo(new Stored());
                })
                .expectNextSequence(published(epoch, 2, 3, 5, 6))
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    public void twoSubscribersGetTheSameAndOneMayLeave() {
        long epoch = granted("a");
        StepVerifier.create(bus().tail(channel))
                .expectNext(new TailSignal.Subscribed())
                .then(() -> StepVerifier.create(bus().tail(channel))
                        .expectNext(new TailSignal.Subscribed())
                        .then(() -> assertThat(append(epoch, 1, 1)).isEqualTo(new Stored()))
                        .expectNextSequence(published(epoch, 1))
                        .thenCancel()
                        .verify(LIMIT))
                .then(() -> assertThat(append(epoch, 2, 2)).isEqualTo(new Stored()))
                .expectNextSequence(published(epoch, 1, 2))
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    public void channelsDoNotMeet() {
        long epoch = granted("a");
        StepVerifier.create(bus().tail(channel))
                .expectNext(new TailSignal.Subscribed())
                .then(() -> assertThat(get(bus().append(channel + "x", batch(1, 1, 1), true)))
                        .isEqualTo(new Stored()))
                .then(() -> assertThat(append(epoch, 1, 1)).isEqualTo(new Stored()))
                .expectNextSequence(published(epoch, 1))
                .thenCancel()
                .verify(LIMIT);
        assertThat(get(bus().last(channel + "x"))).isEqualTo(new EntryId(1, 1));
    }
}
