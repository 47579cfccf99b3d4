package dev.stentor.relay;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.ClusterDirectory;
import dev.stentor.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The nodes that are alive, this one among them, which says so itself. {@link #find} may be called from any thread. */
final class Members {

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final Duration ALIVE = Duration.ofSeconds(6);

    private final ClusterDirectory directory;
    private final ClusterNode self;
    private final TickClock clock;
    private volatile Map<String, ClusterNode> known = Map.of();
    private volatile boolean over;

    Members(ClusterDirectory directory, ClusterNode self, TickClock clock) {
        this.directory = directory;
        this.self = self;
        this.clock = clock;
    }

    /** Says that this node is alive, and goes on doing so. */
    void start() {
        if (!over) {
            var _ = directory
                    .announce(self, ALIVE)
                    .then(look())
                    .onErrorComplete()
                    .subscribe();
            var _ = clock.after(PACE, this::start);
        }
    }

    /** Says that this node is going away. */
    Mono<Void> leave() {
        over = true;
        return directory.withdraw(self.id());
    }

    /** Tells whether there is any other node. */
    boolean areMany() {
        return known.size() > 1;
    }

    /** Emits the node of that name; empty if it is not alive. */
    Mono<ClusterNode> find(String id) {
        ClusterNode node = known.get(id);
        return node != null ? Mono.just(node) : look().flatMap(nodes -> Mono.justOrEmpty(nodes.get(id)));
    }

    /** Emits the other nodes that are alive, as far as known. Never fails. */
    Mono<List<ClusterNode>> others() {
        return look().onErrorResume(_ -> Mono.fromSupplier(() -> known))
                .map(nodes -> nodes.values().stream()
                        .filter(node -> !node.id().equals(self.id()))
                        .toList());
    }

    /** Emits the node that has an archive of that name; empty if none that is alive has. */
    Mono<ClusterNode> withArchive(String name) {
        Mono<ClusterNode> here = Mono.defer(() -> Mono.justOrEmpty(withArchive(known, name)));
        return here.switchIfEmpty(look().flatMap(nodes -> Mono.justOrEmpty(withArchive(nodes, name))));
    }

    private static Optional<ClusterNode> withArchive(Map<String, ClusterNode> nodes, String name) {
        return nodes.values().stream()
                .filter(node -> name.equals(node.archive()))
                .findFirst();
    }

    private Mono<Map<String, ClusterNode>> look() {
        return directory.nodes().map(Members::byId).doOnNext(this::take);
    }

    private void take(Map<String, ClusterNode> nodes) {
        if (!nodes.keySet().equals(known.keySet())) {
            LOG.atInfo().addKeyValue("nodes", nodes.size()).log("the nodes of the cluster have changed");
        }
        known = nodes;
    }

    private static Map<String, ClusterNode> byId(List<ClusterNode> nodes) {
        return nodes.stream().collect(Collectors.toUnmodifiableMap(ClusterNode::id, Function.identity()));
    }
}
