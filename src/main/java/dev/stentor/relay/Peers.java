package dev.stentor.relay;

import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.ChannelName;
import dev.stentor.cluster.ClusterNode;
import java.util.List;
import reactor.core.publisher.Mono;

/** The other nodes, as far as they are asked something directly. Thread-safe. */
public interface Peers {

    /** Emits what the clock of a channel shows on the node that has it, in µs; fails, or is empty, if it cannot be told. */
    Mono<Long> micros(ClusterNode node, ChannelName channel);

    /** Emits the figures of the listeners that a node has of a channel; fails if it cannot be told. */
    Mono<List<ListenerStatus>> listeners(ClusterNode node, ChannelName channel);
}
