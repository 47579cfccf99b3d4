package dev.stentor.relay;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.AppendResult;
import dev.stentor.cluster.BusException;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.ClusterBus;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.EntryBatch;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.cluster.TailSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The cluster as one node reaches it: late, or not at all, while the test says so. */
final class MortalCluster implements ClusterBus, ClusterDirectory {

    private final InProcessCluster cluster;
    private final Sinks.Many<BusState> states = Sinks.many().replay().latestOrDefault(BusState.CONNECTED);
    /** Times that texts were to be kept or dropped. */
    int keeps;

    private boolean cut;
    private Function<Mono<?>, Mono<?>> way = answer -> answer;
    private boolean forgetful;

    MortalCluster(InProcessCluster cluster) {
        this.cluster = cluster;
    }

    /** Cuts the node off, or connects it again. */
    void cut(boolean isCut) {
        cut = isCut;
        states.emitNext(isCut ? BusState.DEGRADED : BusState.CONNECTED, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** Lets questions, and answers, be so long on their way from now on. */
    void slow(TickClock clock, Duration time) {
        way = answer -> pause(clock, time).then(answer).delayUntil(_ -> pause(clock, time));
    }

    private static Mono<Void> pause(TickClock clock, Duration time) {
        return Mono.create(sink -> {
            var _ = clock.after(time, sink::success);
        });
    }

    /** Lets no history be read, while everything else works. */
    void loseHistory(boolean isLost) {
        forgetful = isLost;
    }

    @SuppressWarnings("unchecked") // a way changes no answer
    private <T> Mono<T> reached(Mono<T> answer) {
        Mono<T> reached =
                Mono.defer(() -> cut ? Mono.error(new BusException("cut off", new IllegalStateException())) : answer);
        return (Mono<T>) way.apply(reached);
    }

    @Override
    public Mono<ChannelLease> lease(String channel, String node, Duration ttl) {
        return reached(cluster.lease(channel, node, ttl));
    }

    @Override
    public Mono<Boolean> renew(String channel, String node, long epoch, Duration ttl) {
        return reached(cluster.renew(channel, node, epoch, ttl));
    }

    @Override
    public Mono<Void> release(String channel, String node, long epoch) {
        return reached(cluster.release(channel, node, epoch));
    }

    @Override
    public Mono<ChannelLease.Held> owner(String channel) {
        return reached(cluster.owner(channel));
    }

    @Override
    public Mono<AppendResult> append(String channel, EntryBatch batch, boolean live) {
        return reached(cluster.append(channel, batch, live));
    }

    @Override
    public Flux<TailSignal> tail(String channel) {
        return cluster.tail(channel).filter(_ -> !cut);
    }

    @Override
    public Mono<List<ChannelEntry>> range(String channel, EntryId from, EntryId to, int limit) {
        return forgetful
                ? Mono.error(new BusException("too slow", new IllegalStateException()))
                : reached(cluster.range(channel, from, to, limit));
    }

    @Override
    public Mono<EntryId> last(String channel) {
        return reached(cluster.last(channel));
    }

    @Override
    public Mono<Void> end(String channel, long epoch, Duration keep) {
        return reached(cluster.end(channel, epoch, keep));
    }

    @Override
    public Flux<BusState> states() {
        return states.asFlux();
    }

    @Override
    public Mono<Void> announce(ClusterNode node, Duration ttl) {
        return reached(cluster.announce(node, ttl));
    }

    @Override
    public Mono<Void> withdraw(String node) {
        return reached(cluster.withdraw(node));
    }

    @Override
    public Mono<List<ClusterNode>> nodes() {
        return reached(cluster.nodes());
    }

    @Override
    public Mono<Void> present(String channel, String node, String text, Duration ttl) {
        return reached(cluster.present(channel, node, text, ttl));
    }

    @Override
    public Mono<Void> absent(String channel, String node) {
        return reached(cluster.absent(channel, node));
    }

    @Override
    public Mono<Map<String, String>> presence(String channel) {
        return reached(cluster.presence(channel));
    }

    @Override
    public Mono<Boolean> keep(String channel, long epoch, Map<String, String> texts, Collection<String> dropped) {
        keeps++;
        return reached(cluster.keep(channel, epoch, texts, dropped));
    }

    @Override
    public Mono<Map<String, String>> kept(String channel) {
        return reached(cluster.kept(channel));
    }
}
