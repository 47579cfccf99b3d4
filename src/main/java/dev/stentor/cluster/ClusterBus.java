package dev.stentor.cluster;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The port to the channels that the nodes of a cluster share: who leads a channel, its history, and its live entries. The lease's
 * holder alone appends, under the epoch of its lease.
 *
 * <p>Nothing is done before an answer is subscribed to. A {@code Mono} fails with {@link BusException} only, after the time limit of
 * the adapter at the latest. Signals come on threads of the adapter, which must not be blocked. Thread-safe. See ADR 50.
 */
public interface ClusterBus {

    /**
     * Asks for a channel. Each lease has an epoch of its own: one that the same node had before is over with it.
     *
     * @param node name of the asking process, which no process had before it: a new one knows nothing of its predecessor's entries
     * @param ttl time after which another node may have the channel, unless the lease is renewed
     */
    Mono<ChannelLease> lease(String channel, String node, Duration ttl);

    /**
     * Prolongs a lease. Emits false if the channel belongs to another lease by now, or this one was given back. One that ran out is
     * prolonged too if nobody took the channel meanwhile, and one that the cluster has forgotten is known again, unless an earlier one that
     * it remembers still runs.
     */
    Mono<Boolean> renew(String channel, String node, long epoch, Duration ttl);

    /** Gives a lease back, so that another node may have the channel at once. Does nothing if it belongs to another lease. */
    Mono<Void> release(String channel, String node, long epoch);

    /** Emits the lease that runs now; empty if the channel is nobody's. */
    Mono<ChannelLease.Held> owner(String channel);

    /**
     * Appends entries in order, none if the lease is not the channel's; a call that fails may have appended the first ones. Those that the
     * history has already are left out, so the same call may be repeated.
     *
     * @param live whether those that are stored are also published to the subscribers of {@link #tail}
     */
    Mono<AppendResult> append(String channel, EntryBatch batch, boolean live);

    /**
     * Emits the entries that are published while it is subscribed to, and says when the subscription is in force, each time. An entry may
     * be lost, and may come more than once. Never ends, and fails only if the adapter was closed. There is no backpressure: the
     * subscriber requests without bound.
     */
    Flux<TailSignal> tail(String channel);

    /** Emits entries of the history from one id to another, both included, in order, at most {@code limit}. */
    Mono<List<ChannelEntry>> range(String channel, EntryId from, EntryId to, int limit);

    /** Emits the id of the latest entry of the history; empty if there is none. */
    Mono<EntryId> last(String channel);

    /** Lets history and texts of a channel that has ended live for a while only. Does nothing if it belongs to another lease. */
    Mono<Void> end(String channel, long epoch, Duration keep);

    /** Emits the present state, and then each change. Never ends. */
    Flux<BusState> states();
}
