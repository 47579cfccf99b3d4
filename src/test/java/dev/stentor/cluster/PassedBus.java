package dev.stentor.cluster;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** One node's way to a bus, on which a test may let calls fail; what the bus tells by itself is left to subclasses. */
public abstract class PassedBus implements ClusterBus {

    private final ClusterBus bus;

    protected PassedBus(ClusterBus bus) {
        this.bus = bus;
    }

    /** Returns what comes of a call on this way. */
    protected abstract <T> Mono<T> way(Mono<T> call);

    @Override
    public Mono<ChannelLease> lease(String channel, String node, Duration ttl) {
        return way(bus.lease(channel, node, ttl));
    }

    @Override
    public Mono<Boolean> renew(String channel, String node, long epoch, Duration ttl) {
        return way(bus.renew(channel, node, epoch, ttl));
    }

    @Override
    public Mono<Void> release(String channel, String node, long epoch) {
        return way(bus.release(channel, node, epoch));
    }

    @Override
    public Mono<ChannelLease.Held> owner(String channel) {
        return way(bus.owner(channel));
    }

    @Override
    public Mono<AppendResult> append(String channel, EntryBatch batch, boolean live) {
        return way(bus.append(channel, batch, live));
    }

    @Override
    public Mono<List<ChannelEntry>> range(String channel, EntryId from, EntryId to, int limit) {
        return way(bus.range(channel, from, to, limit));
    }

    @Override
    public Mono<EntryId> last(String channel) {
        return way(bus.last(channel));
    }

    @Override
    public Mono<Void> end(String channel, long epoch, Duration keep) {
        return way(bus.end(channel, epoch, keep));
    }
}
