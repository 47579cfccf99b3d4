package dev.stentor.relay;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.KnownControls;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.broadcast.Players;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.PlayerControl;
import dev.stentor.cluster.ClusterNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The other nodes of a test, asked without a network. Confined to the test's thread. */
final class RelayPeers implements Peers {

    /** Names of nodes that do not answer. */
    final Set<String> deaf = new HashSet<>();

    /** How often any node was asked for its listeners. */
    int questions;

    /** How often the node asked itself for the time of a channel that it hears. */
    int askedItself;

    private final ClusterNode self;
    private final Map<String, RelayNode> nodes;

    /** @param self the node that asks */
    RelayPeers(ClusterNode self, Map<String, RelayNode> nodes) {
        this.self = self;
        this.nodes = nodes;
    }

    @Override
    public Mono<Long> micros(ClusterNode node, ChannelName channel) {
        askedItself += node.equals(self) ? 1 : 0;
        return broadcast(node, channel).map(Broadcast::micros);
    }

    @Override
    public Mono<List<ListenerStatus>> listeners(ClusterNode node, ChannelName channel) {
        questions++;
        return broadcast(node, channel).map(Broadcast::statuses);
    }

    @Override
    public Mono<Void> silenced(ClusterNode node, ChannelName channel, int generation) {
        return players(node, channel).flatMap(players -> players.silenced(generation));
    }

    @Override
    public Mono<ToldControl> control(ClusterNode node, ChannelName channel, String listener, PlayerControl change) {
        return players(node, channel).flatMap(players -> players.control(listener, change));
    }

    @Override
    public Mono<KnownControls> controls(ClusterNode node, ChannelName channel) {
        return players(node, channel).flatMap(Players::controls);
    }

    @Override
    public Mono<Void> remember(ClusterNode node, ChannelName channel, KnownControls controls) {
        return players(node, channel).flatMap(players -> players.remember(controls));
    }

    @Override
    public Mono<Boolean> sendAway(ClusterNode node, ChannelName channel, String listener) {
        return players(node, channel).flatMap(players -> players.sendAway(listener));
    }

    private Mono<Players> players(ClusterNode node, ChannelName channel) {
        return broadcast(node, channel).map(Broadcast::players);
    }

    private Mono<Broadcast> broadcast(ClusterNode node, ChannelName channel) {
        return deaf.contains(node.id())
                ? Mono.never()
                : Mono.justOrEmpty(
                        Objects.requireNonNull(nodes.get(node.id())).broadcasts.find(channel));
    }
}
