package dev.stentor.relay;

import dev.stentor.broadcast.KnownControls;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.broadcast.PlayersElsewhere;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.TickClock;
import dev.stentor.cluster.BusException;
import dev.stentor.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The players that other nodes have of this node's channels: asks each node that has some. Thread-safe. */
final class PeerPlayers implements PlayersElsewhere {

    /** The longest time in which a node answers. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The nodes that are asked at a time. */
    private static final int AT_ONCE = 64;

    private final RelayPorts ports;
    private final Members members;

    PeerPlayers(RelayPorts ports, Members members) {
        this.ports = ports;
        this.members = members;
    }

    @Override
    public Mono<List<ListenerStatus>> listeners(ChannelName channel) {
        return nodes(channel, said -> AudienceText.read(said).listeners() > 0)
                .flatMap(
                        node -> asked(node, peer -> ports.peers().listeners(peer, channel))
                                .onErrorComplete(),
                        AT_ONCE)
                .flatMapIterable(listeners -> listeners)
                .collectList()
                .onErrorReturn(BusException.class, List.of());
    }

    @Override
    public Mono<Void> silenced(ChannelName channel, int generation) {
        return nodes(channel, _ -> true)
                .flatMap(
                        node -> asked(node, peer -> ports.peers().silenced(peer, channel, generation))
                                .onErrorComplete(),
                        AT_ONCE)
                .then()
                .onErrorComplete(BusException.class);
    }

    @Override
    public Mono<ToldControl> control(ChannelName channel, String name, PlayerControl change) {
        return found(channel, peer -> ports.peers().control(peer, channel, name, change));
    }

    @Override
    public Mono<Void> remember(ChannelName channel, KnownControls controls) {
        return nodes(channel, _ -> true)
                .flatMap(
                        node -> asked(node, peer -> ports.peers().remember(peer, channel, controls))
                                .onErrorComplete(),
                        AT_ONCE)
                .then()
                .onErrorComplete(BusException.class);
    }

    @Override
    public Mono<Boolean> sendAway(ChannelName channel, String name) {
        return found(
                        channel,
                        peer -> ports.peers().sendAway(peer, channel, name).filter(found -> found))
                .defaultIfEmpty(false);
    }

    /** Asks all nodes for one listener, and emits what the first says that has it; fails if none has, and one does not answer. */
    private <T> Mono<T> found(ChannelName channel, Function<ClusterNode, Mono<T>> question) {
        return nodes(channel, _ -> true)
                .flatMapDelayError(node -> asked(node, question), AT_ONCE, 1)
                .map(Optional::of)
                .onErrorResume(_ -> Flux.just(Optional.empty())) // told only if nobody has it
                .collectList()
                .flatMap(answers -> answers.stream()
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(Mono::just)
                        .orElseGet(
                                () -> answers.isEmpty() ? Mono.empty() : Mono.error(ChannelException.unreachable())));
    }

    /** Emits the nodes that hear a channel, by name, of those that say what is looked for. */
    private Flux<String> nodes(ChannelName channel, Predicate<String> said) {
        if (!members.areMany()) {
            return Flux.empty();
        }
        return ports.directory()
                .presence(channel.value())
                .flatMapIterable(Map::entrySet)
                .filter(node -> !node.getKey().equals(ports.self().id()) && said.test(node.getValue()))
                .map(Map.Entry::getKey);
    }

    private <T> Mono<T> asked(String node, Function<ClusterNode, Mono<T>> question) {
        return members.find(node).flatMap(question).timeout(tooLong());
    }

    /** Emits when a node should have answered. */
    private Mono<Boolean> tooLong() {
        return Mono.create(sink -> {
            TickClock.Timer timer = ports.clock().after(PATIENCE, () -> sink.success(true));
            sink.onDispose(timer::cancel);
        });
    }
}
