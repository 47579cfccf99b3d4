package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.ChannelLease.Granted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import reactor.core.publisher.Mono;

/** Two adapters and a channel that no other test has, with short ways to what the contract asks for. */
public abstract class ClusterFixture {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(50);
    static final Duration LONG = Duration.ofMinutes(1);

    protected final String channel = "channel-" + Long.toUnsignedString(System.nanoTime(), 36);

    /** Returns the adapter, the same during a test. */
    protected abstract ClusterBus bus();

    /** Returns the adapter, the same during a test. */
    protected abstract ClusterDirectory directory();

    /** Returns the adapter, the same during a test. */
    protected abstract RequestClaims claims();

    /** Lets this time pass for the leases. */
    protected abstract void letPass(Duration time);

    final long granted(String node) {
        return granted(node, LONG);
    }

    final long granted(String node, Duration ttl) {
        ChannelLease answer = get(bus().lease(channel, node, ttl));
        assertThat(answer).isInstanceOf(Granted.class);
        return answer.epoch();
    }

    final AppendResult append(long epoch, long from, long to) {
        return get(bus().append(channel, batch(epoch, from, to), true));
    }

    /** Returns entries with such numbers, each with other bytes. */
    protected static List<ChannelEntry> entries(long epoch, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> new ChannelEntry(
                        new EntryId(epoch, seq), StandardCharsets.UTF_8.encode("entry " + epoch + "/" + seq)))
                .toList();
    }

    static EntryBatch batch(long epoch, long from, long to) {
        return new EntryBatch(entries(epoch, from, to));
    }

    static List<TailSignal> published(long epoch, long... seqs) {
        return LongStream.of(seqs)
                .mapToObj(seq -> entries(epoch, seq, seq).getFirst())
                .<TailSignal>map(TailSignal.Published::new)
                .toList();
    }

    /** Waits for an answer. */
    protected static <T> T get(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(LIMIT));
    }

    static void done(Mono<Void> answer) {
        var _ = answer.blockOptional(LIMIT);
    }
}
