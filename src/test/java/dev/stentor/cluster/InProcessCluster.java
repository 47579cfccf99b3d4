package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Cluster of several nodes in one process, in memory. A test can take it away, and empty it. Answers at once, on the caller's thread.
 * Thread-safe.
 */
public final class InProcessCluster implements ClusterBus, ClusterDirectory {

    private static final long FIRST_EPOCH = 1_700_000_000_000L;

    private final TickClock clock;
    private final int historyEntries;
    private final Map<String, Shared> channels = new HashMap<>();
    private final Map<String, Sinks.Many<TailSignal>> tails = new HashMap<>();
    private final Map<String, Mortal<ClusterNode>> nodes = new HashMap<>();
    private final Sinks.Many<BusState> states = Sinks.many().replay().latestOrDefault(BusState.CONNECTED);
    private boolean away;

    /** A value that is forgotten after its time. */
    private record Mortal<T>(T value, long untilMicros) {}

    /** State of one channel. */
    private static final class Shared {
        private @Nullable String owner;
        private long untilMicros;
        private long epoch;
        private final NavigableMap<EntryId, ByteBuffer> entries = new TreeMap<>();
        private final Map<String, Mortal<String>> presence = new LinkedHashMap<>();
        private final Map<String, String> kept = new LinkedHashMap<>();

        private EntryId last() {
            return entries.isEmpty() ? EntryId.NONE : entries.lastKey();
        }
    }

    /** Creates an empty cluster whose histories have at most so many entries. */
    public InProcessCluster(TickClock clock, int historyEntries) {
        this.clock = clock;
        this.historyEntries = historyEntries;
    }

    /** Takes all that is shared out of reach, or gives it back. */
    public synchronized void away(boolean isAway) {
        away = isAway;
        states.emitNext(isAway ? BusState.DEGRADED : BusState.CONNECTED, Sinks.EmitFailureHandler.FAIL_FAST);
        if (!isAway) {
            tails.values()
                    .forEach(tail -> tail.emitNext(new TailSignal.Subscribed(), Sinks.EmitFailureHandler.FAIL_FAST));
        }
    }

    /** Forgets everything. */
    public synchronized void empty() {
        channels.clear();
        nodes.clear();
    }

    @Override
    public Mono<ChannelLease> lease(String channel, String node, Duration ttl) {
        return answer(() -> {
            Shared shared = shared(channel);
            String owner = runningOwner(shared);
            if (owner != null && !owner.equals(node)) {
                return new ChannelLease.Held(owner, shared.epoch);
            }
            long now = FIRST_EPOCH + clock.micros() / 1_000;
            shared.epoch =
                    Math.max(now, 1 + Math.max(shared.epoch, shared.last().epoch()));
            shared.owner = node;
            shared.untilMicros = after(ttl);
            return new ChannelLease.Granted(shared.epoch);
        });
    }

    @Override
    public Mono<Boolean> renew(String channel, String node, long epoch, Duration ttl) {
        return answer(() -> {
            Shared shared = shared(channel);
            boolean givenBack = shared.epoch == epoch && shared.owner == null;
            if (givenBack || isFenced(shared, epoch)) {
                return false;
            }
            shared.owner = node;
            shared.epoch = epoch;
            shared.untilMicros = after(ttl);
            return true;
        });
    }

    @Override
    public Mono<Void> release(String channel, String node, long epoch) {
        return done(() -> {
            Shared shared = shared(channel);
            if (node.equals(shared.owner) && shared.epoch == epoch) {
                shared.owner = null;
            }
        });
    }

    @Override
    public Mono<ChannelLease.Held> owner(String channel) {
        return answer(() -> {
            Shared shared = shared(channel);
            String owner = runningOwner(shared);
            return owner == null ? null : new ChannelLease.Held(owner, shared.epoch);
        });
    }

    @Override
    public Mono<AppendResult> append(String channel, EntryBatch batch, boolean live) {
        return answer(() -> {
            Shared shared = shared(channel);
            long epoch = batch.epoch();
            if (isFenced(shared, epoch)) {
                return new AppendResult.Fenced(
                        Math.max(shared.epoch, shared.last().epoch()));
            }
            for (ChannelEntry entry : batch.entries()) {
                if (entry.id().compareTo(shared.last()) > 0) {
                    shared.entries.put(entry.id(), entry.body());
                    if (live) {
                        liveOf(channel).emitNext(new TailSignal.Published(entry), Sinks.EmitFailureHandler.FAIL_FAST);
                    }
                }
            }
            while (shared.entries.size() > historyEntries) {
                var _ = shared.entries.pollFirstEntry();
            }
            return new AppendResult.Stored();
        });
    }

    @Override
    public Flux<TailSignal> tail(String channel) {
        return Flux.defer(() -> {
            synchronized (this) {
                Flux<TailSignal> live = liveOf(channel).asFlux();
                return away ? live : live.startWith(new TailSignal.Subscribed());
            }
        });
    }

    @Override
    public Mono<List<ChannelEntry>> range(String channel, EntryId from, EntryId to, int limit) {
        return answer(() -> from.compareTo(to) > 0
                ? List.of()
                : shared(channel).entries.subMap(from, true, to, true).entrySet().stream()
                        .limit(limit)
                        .map(entry -> new ChannelEntry(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Override
    public Mono<EntryId> last(String channel) {
        return answer(
                () -> shared(channel).entries.isEmpty() ? null : shared(channel).last());
    }

    @Override
    public Mono<Void> end(String channel, long epoch, Duration keep) {
        return done(() -> {
            Shared shared = shared(channel);
            if (!isFenced(shared, epoch)) {
                var _ = clock.after(keep, () -> forget(channel, epoch));
            }
        });
    }

    @Override
    public Flux<BusState> states() {
        return states.asFlux();
    }

    @Override
    public Mono<Void> announce(ClusterNode node, Duration ttl) {
        return done(() -> nodes.put(node.id(), new Mortal<>(node, after(ttl))));
    }

    @Override
    public Mono<Void> withdraw(String node) {
        return done(() -> nodes.remove(node));
    }

    @Override
    public Mono<List<ClusterNode>> nodes() {
        return answer(() -> List.copyOf(alive(nodes).values()));
    }

    @Override
    public Mono<Void> present(String channel, String node, String text, Duration ttl) {
        return done(() -> shared(channel).presence.put(node, new Mortal<>(text, after(ttl))));
    }

    @Override
    public Mono<Void> absent(String channel, String node) {
        return done(() -> shared(channel).presence.remove(node));
    }

    @Override
    public Mono<Map<String, String>> presence(String channel) {
        return answer(() -> alive(shared(channel).presence));
    }

    @Override
    public Mono<Boolean> keep(String channel, long epoch, Map<String, String> texts, Collection<String> dropped) {
        return answer(() -> {
            Shared shared = shared(channel);
            if (isFenced(shared, epoch)) {
                return false;
            }
            shared.kept.putAll(texts);
            shared.kept.keySet().removeAll(dropped);
            return true;
        });
    }

    @Override
    public Mono<Map<String, String>> kept(String channel) {
        return answer(() -> Map.copyOf(shared(channel).kept));
    }

    private synchronized void forget(String channel, long epoch) {
        Shared shared = shared(channel);
        if (shared.epoch == epoch) {
            shared.entries.clear();
            shared.kept.clear();
        }
    }

    private <T> Mono<T> answer(Supplier<@Nullable T> work) {
        return Mono.fromCallable(() -> {
            synchronized (this) {
                if (away) {
                    throw new BusException("away", new IllegalStateException("taken away by the test"));
                }
                return work.get();
            }
        });
    }

    private Mono<Void> done(Runnable work) {
        var nothing = new AtomicReference<Boolean>();
        return answer(() -> {
                    work.run();
                    return nothing.get();
                })
                .then();
    }

    private Shared shared(String channel) {
        return channels.computeIfAbsent(channel, _ -> new Shared());
    }

    private Sinks.Many<TailSignal> liveOf(String channel) {
        return tails.computeIfAbsent(channel, _ -> Sinks.many().multicast().directBestEffort());
    }

    private @Nullable String runningOwner(Shared shared) {
        return clock.micros() < shared.untilMicros ? shared.owner : null;
    }

    private boolean isFenced(Shared shared, long asking) {
        boolean earlierRuns = shared.epoch < asking && runningOwner(shared) != null;
        return shared.epoch > asking || earlierRuns || shared.last().epoch() > asking;
    }

    private <T> Map<String, T> alive(Map<String, Mortal<T>> mortals) {
        var _ = mortals.values().removeIf(mortal -> mortal.untilMicros() <= clock.micros());
        var alive = new LinkedHashMap<String, T>();
        mortals.forEach((name, mortal) -> alive.put(name, mortal.value()));
        return alive;
    }

    private long after(Duration time) {
        return clock.micros() + time.toNanos() / 1_000;
    }
}
