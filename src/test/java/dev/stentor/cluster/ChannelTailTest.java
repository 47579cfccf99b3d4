package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.cluster.ClusterRelay.Node;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel followed from another node, in virtual time. The test appends by itself. */
class ChannelTailTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ClusterRelay relay = new ClusterRelay(new SplittableRandom(1), 1_000);
    private final Node follower = relay.node(0);

    @Test
    void theHistoryComesFirstThenTheSignThatItIsOverThenLiveEntries() {
        append(5, 1, 300, true);
        follower.follow();
        relay.advance(SECOND);
        append(5, 301, 302, true);
        relay.advance(SECOND);
        assertThat(follower.received()).isEqualTo(ids(5, 1, 302));
        assertThat(follower.live()).containsExactly(301L, 302L);
        assertThat(follower.events.indexOf(new TailEvent.CaughtUp())).isEqualTo(300);
    }

    @Test
    void aTailThatKnowsSomethingGetsOnlyWhatFollows() {
        append(5, 1, 100, true);
        var _ = follower.follow(new EntryId(5, 98));
        relay.advance(SECOND);
        assertThat(follower.received()).isEqualTo(ids(5, 99, 100));
        assertThat(follower.breaks()).isEmpty();
    }

    @Test
    void whatWasStoredButNotPublishedIsFetchedWithinTwoSeconds() {
        follower.follow();
        relay.advance(SECOND);
        append(5, 1, 3, true);
        append(5, 4, 6, false);
        relay.advance(SECOND.multipliedBy(2));
        assertThat(follower.received()).isEqualTo(ids(5, 1, 6));
        assertThat(follower.stats.filled).isEqualTo(3);
    }

    @ParameterizedTest(name = "entry {0}")
    @ValueSource(longs = {3, 12})
    void aReceiverThatFailsIsToldThatNothingMoreComes(long failing) {
        append(5, 1, 10, true);
        List<TailEvent> events = new ArrayList<>();
        var _ = follower.follow(EntryId.NONE, event -> {
            events.add(event);
            if (event instanceof TailEvent.Received(ChannelEntry entry, var _)
                    && entry.id().seq() == failing) {
                throw new OutOfMemoryError("thrown by the test");
            }
        });
        assertThatThrownBy(() -> {
                    relay.advance(SECOND);
                    append(5, 11, 15, true);
                    relay.advance(SECOND);
                })
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        append(5, 16, 20, true);
        relay.advance(SECOND);
        assertThat(events.getLast()).isEqualTo(new TailEvent.Broken());
        assertThat(events.stream().filter(TailEvent.Received.class::isInstance)).hasSize((int) failing);
    }

    @Test
    void aHoleThatTheHistoryCannotFillIsToldBeforeTheNextEntry() {
        append(5, 1, 10, true);
        follower.follow();
        relay.advance(SECOND);
        append(5, 14, 15, true);
        relay.advance(SECOND);
        assertThat(follower.received()).hasSize(12);
        assertThat(follower.breaks()).containsExactly(new TailEvent.Lost(new EntryId(5, 10), new EntryId(5, 14)));
        assertThat(follower.stats.lost).isEqualTo(1);
        assertThat(follower.events.indexOf(follower.breaks().getFirst())).isEqualTo(11);
    }

    @Test
    void aTailThatWasAwayForLongerThanTheHistoryIsToldWhatIsLost() {
        append(5, 1, 10, true);
        follower.follow();
        relay.advance(SECOND);
        follower.bus.cut(true);
        append(5, 11, 2_500, true);
        follower.bus.cut(false);
        relay.advance(SECOND);
        assertThat(follower.breaks()).containsExactly(new TailEvent.Lost(new EntryId(5, 10), new EntryId(5, 1_501)));
        assertThat(follower.received()).hasSize(10 + 1_000);
    }

    @Test
    void aNextLeaderGoesOnWithTheNumbersAndNothingIsLost() {
        append(5, 1, 10, true);
        follower.follow();
        relay.advance(SECOND);
        append(9, 11, 12, true);
        relay.advance(SECOND);
        assertThat(follower.received()).endsWith(new EntryId(5, 10), new EntryId(9, 11), new EntryId(9, 12));
        assertThat(follower.breaks()).isEmpty();
    }

    @Test
    void aNextLeaderThatGoesOnBeforeWhatWasGivenIsTold() {
        append(5, 1, 10, true);
        follower.follow();
        relay.advance(SECOND);
        relay.cluster().empty();
        append(9, 4, 5, true);
        relay.advance(SECOND.multipliedBy(5));
        assertThat(follower.breaks()).containsExactly(new TailEvent.Restarted(new EntryId(5, 10), new EntryId(9, 4)));
        assertThat(follower.received()).endsWith(new EntryId(9, 4), new EntryId(9, 5));
    }

    @Test
    void aLiveEntryOfALeaderThatHasBeenReplacedIsDropped() {
        append(9, 1, 3, true);
        follower.follow();
        relay.advance(SECOND);
        relay.cluster().empty();
        append(5, 4, 4, true);
        relay.advance(SECOND.multipliedBy(5));
        assertThat(follower.received()).isEqualTo(ids(9, 1, 3));
    }

    @Test
    void aClosedTailGivesNothing() {
        var tail = follower.follow(EntryId.NONE);
        relay.advance(SECOND);
        append(5, 1, 1, true);
        tail.close();
        append(5, 2, 2, true);
        relay.advance(SECOND.multipliedBy(3));
        assertThat(follower.received().size()).isLessThan(2);
        assertThat(follower.received()).doesNotContain(new EntryId(5, 2));
    }

    private void append(long epoch, long from, long to, boolean live) {
        var batch = new EntryBatch(ids(epoch, from, to).stream()
                .map(id -> new ChannelEntry(id, ByteBuffer.allocate(1)))
                .toList());
        AppendResult result = Objects.requireNonNull(
                relay.cluster().append(ClusterRelay.CHANNEL, batch, live).block());
        assertThat(result).isEqualTo(new AppendResult.Stored());
    }

    private static List<EntryId> ids(long epoch, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> new EntryId(epoch, seq))
                .toList();
    }
}
