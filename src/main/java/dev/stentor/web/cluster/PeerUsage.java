package dev.stentor.web.cluster;

import dev.stentor.cluster.ClusterNode;
import dev.stentor.usage.OtherUsage;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Usage that the other nodes have counted, asked of each of them. Thread-safe. */
public final class PeerUsage implements OtherUsage {

    private static final Logger LOG = LoggerFactory.getLogger(PeerUsage.class);

    /** How many nodes are asked at once. */
    private static final int AT_ONCE = 16;

    private final Mono<List<ClusterNode>> others;
    private final PeerClient client;

    /** @param others emits the other nodes that are alive; never fails */
    public PeerUsage(Mono<List<ClusterNode>> others, PeerClient client) {
        this.others = others;
        this.client = client;
    }

    @Override
    public Mono<Answers> usage(UsageQuery query) {
        return others.flatMapMany(Flux::fromIterable)
                .flatMap(node -> rows(node, query), AT_ONCE)
                .collectList()
                .map(PeerUsage::answers);
    }

    /** Emits the rows of a node, or nothing if it does not answer well. */
    private Mono<Optional<List<UsageRow>>> rows(ClusterNode node, UsageQuery query) {
        return client.usage(node, query).map(Optional::of).onErrorResume(failed -> {
            LOG.atWarn()
                    .addKeyValue("node", node.id())
                    .addKeyValue("type", failed.getClass().getName())
                    .log("a node does not tell what it has counted");
            return Mono.just(Optional.empty());
        });
    }

    private static Answers answers(List<Optional<List<UsageRow>>> told) {
        List<UsageRow> rows =
                told.stream().flatMap(Optional::stream).flatMap(List::stream).toList();
        int answered = (int) told.stream().filter(Optional::isPresent).count();
        return new Answers(rows, answered, told.size() - answered);
    }
}
