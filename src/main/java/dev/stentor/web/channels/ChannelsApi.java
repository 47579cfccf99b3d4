package dev.stentor.web.channels;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.channel.Channels;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.ProblemFilter;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Speaking on channels, and seeing what they do. */
public final class ChannelsApi {

    private final Channels channels;
    private final Broadcasts broadcasts;
    private final SpeechEngine engine;
    private final JsonBody bodies;
    private final int maxTextCharacters;

    /**
     * The API over these channels.
     *
     * @param engine asked beforehand whether it can speak a request at all
     * @param maxTextCharacters of one utterance
     */
    public ChannelsApi(
            Channels channels, Broadcasts broadcasts, SpeechEngine engine, JsonBody bodies, int maxTextCharacters) {
        this.channels = channels;
        this.broadcasts = broadcasts;
        this.engine = engine;
        this.bodies = bodies;
        this.maxTextCharacters = maxTextCharacters;
    }

    /** Its routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v1/channels/{channel}/utterances", this::speak)
                .GET("/v1/channels/{channel}/utterances/{id}", this::utterance)
                .GET("/v1/channels/{channel}/listeners", this::listeners)
                .GET("/v1/channels/{channel}", this::channel)
                .GET("/v1/channels", request -> all())
                .filter(new ProblemFilter(ChannelsApi::translate))
                .build();
    }

    private Mono<ServerResponse> speak(ServerRequest request) {
        ChannelName name = name(request);
        return bodies.read(request, UtteranceBody.class)
                .map(body -> checked(body.toRequest(maxTextCharacters)))
                .flatMap(spoken -> Mono.defer(() -> channels.open(name).speak(spoken)))
                .flatMap(utterance -> ServerResponse.created(
                                URI.create("/v1/channels/" + name + "/utterances/" + utterance.id()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(UtteranceView.of(utterance)));
    }

    private Mono<ServerResponse> utterance(ServerRequest request) {
        return known(request)
                .utterance(request.pathVariable("id"))
                .switchIfEmpty(Mono.error(() -> notFound("id", "There is no such utterance on this channel.")))
                .flatMap(utterance -> json(UtteranceView.of(utterance)));
    }

    private Mono<ServerResponse> listeners(ServerRequest request) {
        Channel channel = known(request);
        return json(broadcasts.find(channel.name()).map(Broadcast::statuses).orElse(List.of()).stream()
                .map(ListenerView::of)
                .toList());
    }

    private Mono<ServerResponse> channel(ServerRequest request) {
        return view(known(request)).flatMap(ChannelsApi::json);
    }

    private Mono<ServerResponse> all() {
        return Flux.fromIterable(channels.all())
                .concatMap(this::view)
                .collectSortedList((a, b) -> a.name().compareTo(b.name()))
                .flatMap(ChannelsApi::json);
    }

    private Mono<ChannelView> view(Channel channel) {
        int listeners =
                broadcasts.find(channel.name()).map(Broadcast::listeners).orElse(0);
        return channel.status().map(status -> ChannelView.of(status, listeners));
    }

    private Channel known(ServerRequest request) {
        return channels.find(name(request))
                .orElseThrow(
                        () -> notFound("channel", "There is no such channel now; speaking or listening makes one."));
    }

    private SpeechRequest checked(SpeechRequest request) {
        engine.objection(request).ifPresent(wrong -> {
            throw Problem.invalid(wrong.field(), wrong.message())
                    .withCode(wrong.code())
                    .exception();
        });
        return request;
    }

    private static ChannelName name(ServerRequest request) {
        String name = request.pathVariable("channel");
        if (!ChannelName.isValid(name)) {
            throw Problem.invalid("channel", ChannelName.RULE).exception();
        }
        return new ChannelName(name);
    }

    private static Mono<ServerResponse> json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(value);
    }

    private static ProblemException notFound(String field, String detail) {
        Problem problem = Problem.of(HttpStatus.NOT_FOUND, "NotFound", detail);
        return new Problem(problem.type(), problem.title(), problem.status(), detail, problem.code(), field)
                .exception();
    }

    private static Throwable translate(Throwable error) {
        return error instanceof ChannelException refused ? translate(refused.refusal()) : error;
    }

    private static ProblemException translate(ChannelRefusal refusal) {
        return switch (refusal) {
            case ChannelRefusal.TooManyChannels(int limit) ->
                Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "TooManyChannels",
                                "There are " + limit + " channels already; unused ones are given up after a while.")
                        .exception();
            case ChannelRefusal.QueueFull(int limit, var retryAfter) ->
                new ProblemException(
                        Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "QueueFull",
                                limit + " utterances wait on this channel already."),
                        retryAfter);
            case ChannelRefusal.TooMuchText(long limit, var retryAfter) ->
                new ProblemException(
                        Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "TooMuchText",
                                "The texts that wait on this channel may have " + limit + " characters together."),
                        retryAfter);
            case ChannelRefusal.Gone() ->
                Problem.of(HttpStatus.CONFLICT, "ChannelGone", "The channel was just given up; try again.")
                        .exception();
        };
    }
}
