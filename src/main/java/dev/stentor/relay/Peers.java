package dev.stentor.relay;

import dev.stentor.broadcast.KnownControls;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.PlayerControl;
import dev.stentor.cluster.ClusterNode;
import java.util.List;
import reactor.core.publisher.Mono;

/** The other nodes, as far as they are asked something directly. Thread-safe. */
public interface Peers {

    /** Emits what the clock of a channel shows on the node that has it, in µs; fails, or is empty, if it cannot be told. */
    Mono<Long> micros(ClusterNode node, ChannelName channel);

    /** Emits the figures of the listeners that a node has of a channel; fails if it cannot be told. */
    Mono<List<ListenerStatus>> listeners(ClusterNode node, ChannelName channel);

    /** Completes when each player of a node has told where a clear of that generation silenced it; fails if it cannot be told. */
    Mono<Void> silenced(ClusterNode node, ChannelName channel, int generation);

    /** Tells a listener of a node how loud to play; empty if it has none of that name, fails if it does not answer. */
    Mono<ToldControl> control(ClusterNode node, ChannelName channel, String listener, PlayerControl change);

    /** Emits the loudness that was set on a channel, as its owner knows it; fails, or is empty, if it cannot be told. */
    Mono<KnownControls> controls(ClusterNode node, ChannelName channel);

    /** Lets a node know what holds for listeners that may come there; fails if it does not answer. */
    Mono<Void> remember(ClusterNode node, ChannelName channel, KnownControls controls);

    /** Sends a listener of a node away, and emits whether it had one of that name; fails if it does not answer. */
    Mono<Boolean> sendAway(ClusterNode node, ChannelName channel, String listener);
}
