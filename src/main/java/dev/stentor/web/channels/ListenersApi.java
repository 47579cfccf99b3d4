package dev.stentor.web.channels;

import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.channel.Channel;
import dev.stentor.web.edge.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The routes that show the listeners of a channel, and send one away. */
final class ListenersApi {

    private static final int MOST_LISTED = 1_000;

    private static final Comparator<ListenerStatus> FURTHEST_BEHIND_FIRST =
            Comparator.comparingLong(ListenerStatus::lagMillis).reversed().thenComparing(ListenerStatus::connection);

    private final ChannelLookup lookup;

    ListenersApi(ChannelLookup lookup) {
        this.lookup = lookup;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/channels/{channel}/listeners", this::list)
                .DELETE("/v1/channels/{channel}/listeners/{listener}", this::sendAway)
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        Channel channel = lookup.find(request);
        Optional<Integer> limit = request.queryParam(ListLimit.FIELD).map(text -> ListLimit.of(text, MOST_LISTED));
        boolean sorted = isSortedByLag(request);
        return lookup.listeners(channel.name())
                .flatMap(listeners -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(shown(listeners.stream(), sorted, limit)));
    }

    private static List<ListenerView> shown(Stream<ListenerStatus> listeners, boolean sorted, Optional<Integer> limit) {
        return (sorted ? listeners.sorted(FURTHEST_BEHIND_FIRST) : listeners)
                .limit(limit.orElse(Integer.MAX_VALUE))
                .map(ListenerView::of)
                .toList();
    }

    private Mono<ServerResponse> sendAway(ServerRequest request) {
        Channel channel = lookup.find(request);
        return lookup.broadcasts()
                .of(channel)
                .players()
                .sendAway(request.pathVariable("listener"))
                .publishOn(Schedulers.parallel())
                .flatMap(found -> found
                        ? ServerResponse.noContent().build()
                        : Mono.error(
                                ChannelLookup.notFound("listener", "There is no such listener on this channel now.")));
    }

    private static boolean isSortedByLag(ServerRequest request) {
        return request.queryParam("sort")
                .map(sort -> {
                    if (!sort.equals("lag")) {
                        throw Problem.invalid("sort", "The value is lag.").exception();
                    }
                    return true;
                })
                .orElse(false);
    }
}
