package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.AppendResult.Fenced;
import dev.stentor.cluster.AppendResult.Stored;
import dev.stentor.cluster.ChannelLease.Granted;
import dev.stentor.cluster.ChannelLease.Held;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What every adapter of the two ports must do. Each test has a cluster of its own, or channels that no other test has. */
public abstract class ClusterContract {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final String channel = "channel-" + Long.toUnsignedString(System.nanoTime(), 36);

    /** Returns the adapter, the same during a test. */
    protected abstract ClusterBus bus();

    /** Returns the adapter, the same during a test. */
    protected abstract ClusterDirectory directory();

    /** Lets this time pass for the leases. */
    protected abstract void letPass(Duration time);

    @Test
    public void oneNodeHasAChannelAndTheOthersAreToldWhich() {
        long epoch = granted("a");
        assertThat(get(bus().lease(channel, "b", LONG))).isEqualTo(new Held("a", epoch));
        assertThat(get(bus().owner(channel))).isEqualTo(new Held("a", epoch));
        assertThat(granted("a")).isEqualTo(epoch);
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

    @Test
    public void aChannelThatEndedIsForgottenAfterAWhileButItsEpochIsNot() {
        long epoch = granted("a");
        assertThat(append(epoch, 1, 3)).isEqualTo(new Stored());
        assertThat(get(directory().keep(channel, epoch, Map.of("k", "v"), Set.of())))
                .isTrue();
        done(bus().end(channel, epoch - 1, SHORT));
        letPass(SHORT);
        assertThat(get(bus().last(channel))).isEqualTo(new EntryId(epoch, 3));
        done(bus().end(channel, epoch, SHORT));
        done(bus().release(channel, "a", epoch));
        letPass(SHORT);
        assertThat(bus().last(channel).blockOptional(LIMIT)).isEmpty();
        assertThat(get(directory().kept(channel))).isEmpty();
        assertThat(granted("b")).isGreaterThan(epoch);
    }

    @Test
    public void nodesAreAliveUntilTheirTimeIsOverOrTheyGo() {
        var a = new ClusterNode(channel + "-a", "http://a:1");
        var b = new ClusterNode(channel + "-b", "http://b:1");
        var c = new ClusterNode(channel + "-c", "http://c:1");
        done(directory().announce(a, SHORT));
        done(directory().announce(b, LONG));
        done(directory().announce(c, LONG));
        assertThat(get(directory().nodes())).contains(a, b, c);
        done(directory().withdraw(c.id()));
        letPass(SHORT);
        assertThat(get(directory().nodes())).contains(b).doesNotContain(a, c);
    }

    @Test
    public void presenceIsForgottenAfterItsTime() {
        done(directory().present(channel, "a", "{\"listeners\":3}", SHORT));
        done(directory().present(channel, "b", "{\"listeners\":1}", LONG));
        done(directory().present(channel, "c", "{}", LONG));
        assertThat(get(directory().presence(channel))).containsOnlyKeys("a", "b", "c");
        done(directory().absent(channel, "c"));
        letPass(SHORT);
        assertThat(get(directory().presence(channel))).containsExactly(Map.entry("b", "{\"listeners\":1}"));
    }

    @Test
    public void textsAreKeptForTheNextLeaderByTheLeaderOnly() {
        long first = granted("a", SHORT);
        assertThat(get(directory().keep(channel, first, Map.of("u1", "eins", "u2", "zwei, 二"), Set.of())))
                .isTrue();
        assertThat(get(directory().keep(channel, first, Map.of("u3", "drei"), Set.of("u1"))))
                .isTrue();
        letPass(SHORT);
        long second = granted("b");
        assertThat(get(directory().keep(channel, first, Map.of("u4", "vier"), Set.of("u2"))))
                .isFalse();
        assertThat(get(directory().kept(channel))).isEqualTo(Map.of("u2", "zwei, 二", "u3", "drei"));
        assertThat(get(directory().keep(channel, second, Map.of(), Set.of("u2", "u3"))))
                .isTrue();
        assertThat(get(directory().kept(channel))).isEmpty();
    }

    private long granted(String node) {
        return granted(node, LONG);
    }

    private long granted(String node, Duration ttl) {
        ChannelLease answer = get(bus().lease(channel, node, ttl));
        assertThat(answer).isInstanceOf(Granted.class);
        return answer.epoch();
    }

    private AppendResult append(long epoch, long from, long to) {
        return get(bus().append(channel, batch(epoch, from, to), true));
    }

    /** Returns entries with such numbers, each with other bytes. */
    protected static List<ChannelEntry> entries(long epoch, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> new ChannelEntry(
                        new EntryId(epoch, seq), StandardCharsets.UTF_8.encode("entry " + epoch + "/" + seq)))
                .toList();
    }

    private static EntryBatch batch(long epoch, long from, long to) {
        return new EntryBatch(entries(epoch, from, to));
    }

    private static List<TailSignal> published(long epoch, long... seqs) {
        return LongStream.of(seqs)
                .mapToObj(seq -> entries(epoch, seq, seq).getFirst())
                .<TailSignal>map(TailSignal.Published::new)
                .toList();
    }

    /** Waits for an answer. */
    protected static <T> T get(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(LIMIT));
    }

    private static void done(Mono<Void> answer) {
        var _ = answer.blockOptional(LIMIT);
    }
}
