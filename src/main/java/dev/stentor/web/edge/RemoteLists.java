package dev.stentor.web.edge;

import java.util.List;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The lists that the other nodes of a cluster give of what they have. Thread-safe. */
@FunctionalInterface
public interface RemoteLists {

    /** The header that names the nodes which did not answer, so that a list lacks what they have. It is there only if there are some. */
    String HEADER = "Stentor-Unanswered-Nodes";

    /** The lists of a gateway without other nodes. */
    RemoteLists NONE = _ -> Mono.just(new Gathered(List.of(), List.of()));

    /** Emits what all other nodes answer to a request for their channels, in bounded time; nothing if the request comes from one of them. */
    Mono<Gathered> channels(ServerWebExchange exchange);

    /**
     * The answers of several nodes.
     *
     * @param items of all lists, in no order
     * @param unanswered names of the nodes that did not answer
     */
    record Gathered(List<JsonNode> items, List<String> unanswered) {

        public Gathered {
            items = List.copyOf(items);
            unanswered = List.copyOf(unanswered);
        }
    }
}
