package dev.stentor.relay;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.BusException;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.cluster.PassedBus;
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
final class MortalCluster extends PassedBus implements ClusterDirectory {

    private final InProcessCluster cluster;
    private final Sinks.Many<BusState> states = Sinks.many().replay().latestOrDefault(BusState.CONNECTED);
    /** Times that texts were to be kept or dropped. */
    int keeps;

    private boolean cut;
    private Function<Mono<?>, Mono<?>> delay = answer -> answer;
    private boolean forgetful;

    MortalCluster(InProcessCluster cluster) {
        super(cluster);
        this.cluster = cluster;
    }

    /** Cuts the node off, or connects it again. */
    void cut(boolean isCut) {
        cut = isCut;
        states.emitNext(isCut ? BusState.DEGRADED : BusState.CONNECTED, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** Lets questions, and answers, be so long on their way from now on. */
    void slow(TickClock clock, Duration time) {
        delay = answer -> pause(clock, time).then(answer).delayUntil(_ -> pause(clock, time));
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

    @Override
    @SuppressWarnings("unchecked") // a delay changes no answer
    protected <T> Mono<T> way(Mono<T> answer) {
        Mono<T> reached =
                Mono.defer(() -> cut ? Mono.error(new BusException("cut off", new IllegalStateException())) : answer);
        return (Mono<T>) delay.apply(reached);
    }

    @Override
    public Flux<TailSignal> tail(String channel) {
        return cluster.tail(channel).filter(_ -> !cut);
    }

    @Override
    public Mono<List<ChannelEntry>> range(String channel, EntryId from, EntryId to, int limit) {
        return forgetful
                ? Mono.error(new BusException("too slow", new IllegalStateException()))
                : super.range(channel, from, to, limit);
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
        keeps++;
        return way(cluster.keep(channel, epoch, texts, dropped));
    }

    @Override
    public Mono<Map<String, String>> kept(String channel) {
        return way(cluster.kept(channel));
    }
}
