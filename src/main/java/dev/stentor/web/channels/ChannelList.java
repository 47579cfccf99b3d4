package dev.stentor.web.channels;

import dev.stentor.web.edge.RemoteLists;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of the channels of all nodes. Thread-safe.
 *
 * @param others the lists of the other nodes
 */
record ChannelList(ChannelLookup lookup, RemoteLists others) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Answers with all channels by name; a header names the nodes whose channels are not among them. */
    Mono<ServerResponse> all(ServerRequest request) {
        Mono<List<JsonNode>> here = Flux.fromIterable(lookup.channels().all())
                .concatMap(channel -> channel.status().map(lookup::view))
                .<JsonNode>map(JSON::valueToTree)
                .collectList();
        return Mono.zip(here, others.channels(request.exchange())).flatMap(lists -> {
            RemoteLists.Gathered there = lists.getT2();
            ServerResponse.BodyBuilder answer = ServerResponse.ok().contentType(MediaType.APPLICATION_JSON);
            if (!there.unanswered().isEmpty()) {
                answer.header(RemoteLists.HEADER, String.join(", ", there.unanswered()));
            }
            return answer.bodyValue(byName(lists.getT1(), there.items()));
        });
    }

    /** Returns both; of a channel that has just moved, what this node says. */
    private static List<JsonNode> byName(List<JsonNode> here, List<JsonNode> there) {
        Map<String, JsonNode> channels = new TreeMap<>();
        here.forEach(channel -> channels.put(channel.path("name").asString(""), channel));
        there.forEach(channel -> channels.putIfAbsent(channel.path("name").asString(""), channel));
        return List.copyOf(channels.values());
    }
}
