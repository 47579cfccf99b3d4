package dev.stentor.web.cluster;

import dev.stentor.cluster.ClusterNode;
import dev.stentor.web.edge.RemoteCommands;
import dev.stentor.web.edge.RemoteLists;
import dev.stentor.web.edge.Vouching;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The channels of the other nodes: each is asked on behalf of the client, all at once, for a second at most. Thread-safe. */
public final class PeerLists implements RemoteLists {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 64;
    private static final String CHANNELS = "/v1/channels";

    private final Supplier<Mono<List<ClusterNode>>> others;
    private final PeerClient client;

    /** @param others emits the other nodes that are alive */
    public PeerLists(Supplier<Mono<List<ClusterNode>>> others, PeerClient client) {
        this.others = others;
        this.client = client;
    }

    /**
     * The answer of one node.
     *
     * @param list empty if it did not answer
     */
    private record Answer(String node, Optional<JsonNode> list) {}

    @Override
    public Mono<Gathered> channels(ServerWebExchange exchange) {
        if (Vouching.isFromNode(exchange)) {
            return NONE.channels(exchange);
        }
        RemoteCommands.Sender sender = sender(exchange.getRequest());
        return others.get()
                .flatMapMany(Flux::fromIterable)
                .flatMap(node -> ask(node, sender), AT_ONCE)
                .collectList()
                .map(PeerLists::gathered);
    }

    private Mono<Answer> ask(ClusterNode node, RemoteCommands.Sender sender) {
        return client.list(node, CHANNELS, sender)
                .timeout(PATIENCE)
                .map(list -> new Answer(node.id(), Optional.of(list)))
                .onErrorReturn(new Answer(node.id(), Optional.empty()));
    }

    private static Gathered gathered(List<Answer> answers) {
        return new Gathered(
                answers.stream()
                        .flatMap(answer -> answer.list().stream())
                        .flatMap(list -> list.values().stream())
                        .toList(),
                answers.stream()
                        .filter(answer -> answer.list().isEmpty())
                        .map(Answer::node)
                        .sorted()
                        .toList());
    }

    private static RemoteCommands.Sender sender(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return new RemoteCommands.Sender(
                request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION),
                remote == null || remote.getAddress() == null
                        ? null
                        : remote.getAddress().getHostAddress(),
                null);
    }
}
