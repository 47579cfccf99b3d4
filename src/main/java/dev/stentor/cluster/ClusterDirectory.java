package dev.stentor.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The port to what the nodes of a cluster know of each other, and to the texts that the leader of a channel leaves for the next one.
 * Works and fails as {@link ClusterBus} does. Thread-safe.
 */
public interface ClusterDirectory {

    /** Says that a node is alive. It counts as dead after the time, unless it says so again. */
    Mono<Void> announce(ClusterNode node, Duration ttl);

    /** Says that a node is going away. */
    Mono<Void> withdraw(String node);

    /** Emits the nodes that are alive. */
    Mono<List<ClusterNode>> nodes();

    /**
     * Says what a node has of a channel, such as its listeners, as a text in a form that the nodes agree on. It is forgotten after the
     * time, unless it is said again.
     */
    Mono<Void> present(String channel, String node, String text, Duration ttl);

    /** Forgets what a node has of a channel. */
    Mono<Void> absent(String channel, String node);

    /** Emits what each node said of a channel, by node. */
    Mono<Map<String, String>> presence(String channel);

    /**
     * Keeps texts of a channel for its next leader, by name, and drops others. Emits false, and has done nothing then, if the channel
     * belongs to another lease than that of the epoch.
     */
    Mono<Boolean> keep(String channel, long epoch, Map<String, String> texts, Collection<String> dropped);

    /** Emits the texts that are kept of a channel, by name. */
    Mono<Map<String, String>> kept(String channel);
}
