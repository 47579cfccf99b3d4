package dev.stentor.web.channels;

import dev.stentor.broadcast.Players;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ClearResult;
import dev.stentor.channel.PlayerControl;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The routes that clear, pause and resume a channel, cancel an utterance, and tell players how loud to play. */
final class ControlApi {

    private static final int LONGEST_WAIT_MILLIS = 500;

    private final ChannelLookup lookup;
    private final UtteranceViews views;
    private final JsonBody bodies;

    ControlApi(ChannelLookup lookup, UtteranceViews views, JsonBody bodies) {
        this.lookup = lookup;
        this.views = views;
        this.bodies = bodies;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v1/channels/{channel}/clear", this::clear)
                .POST("/v1/channels/{channel}/control", this::control)
                .POST("/v1/channels/{channel}/pause", request -> held(request, true))
                .POST("/v1/channels/{channel}/resume", request -> held(request, false))
                .DELETE("/v1/channels/{channel}/utterances/{id}", this::cancel)
                .build();
    }

    private Mono<ServerResponse> clear(ServerRequest request) {
        Channel channel = lookup.find(request);
        int wait = wait(request);
        return bodies.readOptional(request, ClearBody.class, ClearBody.EMPTY)
                .map(ClearBody::toClear)
                .flatMap(channel::clear)
                .flatMap(cleared -> told(channel, cleared, wait).thenReturn(cleared))
                .flatMap(cleared -> Flux.fromIterable(cleared.utterances())
                        .concatMap(utterance -> views.of(request, utterance))
                        .collectList()
                        .flatMap(utterances ->
                                json(new ClearResultView(cleared.generation(), cleared.pos(), utterances))));
    }

    private Mono<ServerResponse> control(ServerRequest request) {
        Channel channel = lookup.find(request);
        return bodies.read(request, ControlBody.class)
                .flatMap(body -> control(channel, body.toControl(), body.listener()))
                .flatMap(control -> json(ControlView.of(control)));
    }

    private Mono<PlayerControl> control(Channel channel, PlayerControl change, @Nullable String listener) {
        Players players = lookup.broadcasts().of(channel).players();
        Mono<PlayerControl> told = listener == null
                ? players.control(change)
                : players.control(listener, change).map(ToldControl::control);
        return told.publishOn(Schedulers.parallel())
                .switchIfEmpty(Mono.error(() -> listener == null
                        ? ChannelLookup.notFound("channel", "The channel was removed.")
                        : ChannelLookup.notFound("listener", "There is no such listener on this channel now.")));
    }

    private Mono<ServerResponse> held(ServerRequest request, boolean hold) {
        Channel channel = lookup.find(request);
        return (hold ? channel.pause() : channel.resume()).flatMap(status -> json(lookup.view(status)));
    }

    private Mono<ServerResponse> cancel(ServerRequest request) {
        return lookup.find(request)
                .cancel(request.pathVariable("id"))
                .switchIfEmpty(
                        Mono.error(() -> ChannelLookup.notFound("id", "There is no such utterance on this channel.")))
                .flatMap(utterance -> views.of(request, utterance))
                .flatMap(ControlApi::json);
    }

    /** Completes when all players have said where they fell silent, or when the time is over. */
    private Mono<Void> told(Channel channel, ClearResult cleared, int waitMillis) {
        if (waitMillis == 0 || cleared.utterances().stream().allMatch(utterance -> utterance.generation() == 0)) {
            return Mono.empty();
        }
        int generation = cleared.utterances().getFirst().generation();
        return lookup.broadcasts()
                .of(channel)
                .players()
                .silenced(generation)
                .take(Duration.ofMillis(waitMillis))
                .publishOn(Schedulers.parallel());
    }

    private static int wait(ServerRequest request) {
        String given = request.queryParam("wait_ms").orElse("0");
        try {
            int wait = Integer.parseInt(given);
            if (wait >= 0 && wait <= LONGEST_WAIT_MILLIS) {
                return wait;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw Problem.invalid("wait_ms", "The value is 0 to " + LONGEST_WAIT_MILLIS + ".")
                .exception();
    }

    private static Mono<ServerResponse> json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(value);
    }
}
