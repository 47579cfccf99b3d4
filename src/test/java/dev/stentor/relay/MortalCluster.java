package dev.stentor.relay;

import dev.stentor.cluster.BusException;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.cluster.PassedBus;
import dev.stentor.cluster.TailSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The cluster as one node reaches it: not at all while the test says so. */
final class MortalCluster extends PassedBus implements ClusterDirectory {

    private final InProcessCluster cluster;
    private final Sinks.Many<BusState> states = Sinks.many().replay().latestOrDefault(BusState.CONNECTED);
    private boolean cut;

    MortalCluster(InProcessCluster cluster) {
        super(cluster);
        this.cluster = cluster;
    }

    /** Cuts the node off, or connects it again. */
    void cut(boolean isCut) {
        cut = isCut;
        states.emitNext(isCut ? BusState.DEGRADED : BusState.CONNECTED, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    @Override
    protected <T> Mono<T> way(Mono<T> answer) {
        return Mono.defer(() -> cut ? Mono.error(new BusException("cut off", new IllegalStateException())) : answer);
    }

    @Override
    public Flux<TailSignal> tail(String channel) {
        return cluster.tail(channel).filter(_ -> !cut);
    }

    @Override
    public Flux<BusState> states() {
        return states.asFlux();
    }

    @Override
    public Mono<Void> announce(ClusterNode node, Duration ttl) {
        return way(cluster.announce(node, ttl));
    }

    @Override
    public Mono<Void> withdraw(String node) {
        return way(cluster.withdraw(node));
    }

    @Override
    public Mono<List<ClusterNode>> nodes() {
        return way(cluster.nodes());
    }

    @Override
    public Mono<Void> present(String channel, String node, String text, Duration ttl) {
        return way(cluster.present(channel, node, text, ttl));
    }

    @Override
    public Mono<Void> absent(String channel, String node) {
        return way(cluster.absent(channel, node));
    }

    @Override
    public Mono<Map<String, String>> presence(String channel) {
        return way(cluster.presence(channel));
    }

    @Override
    public Mono<Boolean> keep(String channel, long epoch, Map<String, String> texts, Collection<String> dropped) {
        return way(cluster.keep(channel, epoch, texts, dropped));
    }

    @Override
    public Mono<Map<String, String>> kept(String channel) {
        return way(cluster.kept(channel));
    }
}
