package dev.stentor.cluster.redis;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.clock.ClockThread;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.ChannelPublisher;
import dev.stentor.cluster.ChannelTail;
import dev.stentor.cluster.CountedStats;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.LedChannel;
import dev.stentor.cluster.PublisherSettings;
import dev.stentor.cluster.PublisherState;
import dev.stentor.cluster.TailEvent;
import dev.stentor.cluster.TailEvents;
import dev.stentor.cluster.TailSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One node with a clock and connections of its own, which leads or follows a channel. Used by the test's thread. */
final class RedisNode implements AutoCloseable {

    static final String CHANNEL = "news";
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration LEASE = Duration.ofSeconds(6);

    final List<TailEvent> events = new CopyOnWriteArrayList<>();
    final List<PublisherState> states = new CopyOnWriteArrayList<>();
    final RedisCluster cluster;
    private final ClockThread clock = new ClockThread(
            fault -> {
                throw new AssertionError(fault);
            },
            1);
    private final String name;
    private @Nullable ChannelPublisher publisher;
    private @Nullable ChannelTail tail;
    private long epoch;
    private long seq;

    RedisNode(String name, String uri) {
        this(name, Nodes.settings(uri));
    }

    RedisNode(String name, RedisSettings settings) {
        this.name = name;
        cluster = new RedisCluster(settings, clock, new CountedStats());
        Nodes.awaitConnected(cluster);
    }

    /** Takes the channel, which must be free, and goes on behind its history. Returns the epoch. */
    @CanIgnoreReturnValue
    long lead() {
        var granted = (ChannelLease.Granted)
                requireNonNull(cluster.bus().lease(CHANNEL, name, LEASE).block(LIMIT));
        epoch = granted.epoch();
        seq = requireNonNull(
                        cluster.bus().last(CHANNEL).defaultIfEmpty(EntryId.NONE).block(LIMIT))
                .seq();
        onClock(() -> {
            var begun = new ChannelPublisher(
                    cluster.bus(),
                    clock,
                    new LedChannel(CHANNEL, name, epoch),
                    new PublisherSettings(LEASE, Duration.ofSeconds(1), 3_000, 100),
                    new CountedStats(),
                    states::add);
            publisher = begun;
            begun.start();
            return begun;
        });
        return epoch;
    }

    void publish(int entries) {
        onClock(() -> {
            for (int i = 0; i < entries; i++) {
                long next = ++seq;
                ByteBuffer body = ByteBuffer.allocate(960).putLong(0, next);
                requireNonNull(publisher).publish(new ChannelEntry(new EntryId(epoch, next), body));
            }
            return seq;
        });
    }

    PublisherState state() {
        return states.isEmpty() ? PublisherState.BEHIND : states.getLast();
    }

    ChannelPublisher publisher() {
        return requireNonNull(publisher);
    }

    void follow(EntryId after) {
        onClock(() -> {
            var begun = new ChannelTail(
                    cluster.bus(),
                    clock,
                    CHANNEL,
                    after,
                    new TailSettings(Duration.ofSeconds(1), 1_000, 500),
                    new CountedStats(),
                    page -> page,
                    events::add);
            tail = begun;
            begun.start();
            return begun;
        });
        await(() -> events.contains(new TailEvent.CaughtUp()));
    }

    List<Long> received() {
        return new TailEvents(events).received().stream().map(EntryId::seq).toList();
    }

    List<Long> receivedLive() {
        return new TailEvents(events).live();
    }

    List<TailEvent> breaks() {
        return new TailEvents(events).breaks();
    }

    void awaitReceived(long last) {
        await(() -> {
            List<Long> received = received();
            return !received.isEmpty() && received.getLast() >= last;
        });
    }

    void awaitState(BusState state) {
        var _ = cluster.bus().states().filter(now -> now == state).blockFirst(LIMIT);
    }

    static void await(Supplier<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(condition::get);
    }

    @CanIgnoreReturnValue
    private <T> T onClock(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        clock.execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        clock.execute(() -> {
            if (publisher != null) {
                publisher.close();
            }
            if (tail != null) {
                tail.close();
            }
        });
        cluster.close();
        clock.close();
    }
}
