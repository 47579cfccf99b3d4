package dev.stentor.web.channels;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.channel.Channels;
import dev.stentor.channel.Order;
import dev.stentor.channel.Utterance;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.web.edge.FileAddresses;
import dev.stentor.web.edge.Freshness;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.ProblemFilter;
import java.net.URI;
import org.jspecify.annotations.Nullable;
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

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY_CHARACTERS = 200;

    private final KnownChannels known;
    private final SpeechEngine engine;
    private final UtteranceViews views;
    private final JsonBody bodies;
    private final int maxTextCharacters;

    /**
     * The API over these channels.
     *
     * @param engine asked beforehand whether it can speak a request at all
     * @param files where the engine's receipts say that files are; null if it keeps none
     * @param maxTextCharacters of one utterance
     */
    public ChannelsApi(
            Channels channels,
            Broadcasts broadcasts,
            SpeechEngine engine,
            @Nullable FileAddresses files,
            JsonBody bodies,
            int maxTextCharacters) {
        this.known = new KnownChannels(channels, broadcasts);
        this.views = new UtteranceViews(known, files);
        this.engine = engine;
        this.bodies = bodies;
        this.maxTextCharacters = maxTextCharacters;
    }

    /** Its routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v1/channels/{channel}/utterances", this::speak)
                .GET("/v1/channels/{channel}/utterances/{id}", this::utterance)
                .POST("/v1/channels/{channel}/utterances/{id}/resume", this::resume)
                .GET("/v1/channels/{channel}/listeners", this::listeners)
                .GET("/v1/channels/{channel}", this::channel)
                .GET("/v1/channels", request -> all())
                .add(new ControlApi(known, views, bodies).routes())
                .filter(new ProblemFilter(ChannelsApi::translate))
                .build();
    }

    private Mono<ServerResponse> speak(ServerRequest request) {
        var _ = KnownChannels.name(request); // before the body is read
        String key = key(request);
        return bodies.read(request, UtteranceBody.class)
                .map(body -> checked(body.toOrder(maxTextCharacters, key)))
                .map(order -> Freshness.isWanted(request.headers()) ? order.anew() : order)
                .flatMap(order -> Mono.defer(() -> known.open(request).speak(order)))
                .flatMap(utterance -> created(request, utterance));
    }

    private Mono<ServerResponse> resume(ServerRequest request) {
        return known.find(request)
                .resume(request.pathVariable("id"))
                .switchIfEmpty(
                        Mono.error(() -> KnownChannels.notFound("id", "There is no such utterance on this channel.")))
                .flatMap(utterance -> created(request, utterance));
    }

    private Mono<ServerResponse> created(ServerRequest request, Utterance utterance) {
        return ServerResponse.created(
                        URI.create("/v1/channels/" + utterance.channel() + "/utterances/" + utterance.id()))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(views.of(request, utterance));
    }

    private Mono<ServerResponse> utterance(ServerRequest request) {
        return known.find(request)
                .utterance(request.pathVariable("id"))
                .switchIfEmpty(
                        Mono.error(() -> KnownChannels.notFound("id", "There is no such utterance on this channel.")))
                .flatMap(utterance -> json(views.of(request, utterance)));
    }

    private Mono<ServerResponse> listeners(ServerRequest request) {
        Channel channel = known.find(request);
        return json(
                known.listeners(channel.name()).stream().map(ListenerView::of).toList());
    }

    private Mono<ServerResponse> channel(ServerRequest request) {
        return view(known.find(request)).flatMap(ChannelsApi::json);
    }

    private Mono<ServerResponse> all() {
        return Flux.fromIterable(known.channels().all())
                .concatMap(this::view)
                .collectSortedList((a, b) -> a.name().compareTo(b.name()))
                .flatMap(ChannelsApi::json);
    }

    private Mono<ChannelView> view(Channel channel) {
        return channel.status().map(status -> ChannelView.of(status, known.listenerCount(channel.name())));
    }

    private Order checked(Order order) {
        engine.objection(order.request()).ifPresent(wrong -> {
            throw Problem.invalid(wrong.field(), wrong.message())
                    .withCode(wrong.code())
                    .exception();
        });
        return order;
    }

    private static @Nullable String key(ServerRequest request) {
        String key = request.headers().firstHeader(IDEMPOTENCY_KEY);
        if (key != null && (key.isBlank() || key.length() > MAX_KEY_CHARACTERS)) {
            throw Problem.invalid(IDEMPOTENCY_KEY, "The key has 1 to " + MAX_KEY_CHARACTERS + " characters.")
                    .exception();
        }
        return key;
    }

    private static Mono<ServerResponse> json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(value);
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
            case ChannelRefusal.NothingToResume() ->
                Problem.of(HttpStatus.CONFLICT, "NothingToResume", "Only an utterance that has failed can be resumed.")
                        .exception();
            case ChannelRefusal.Gone() ->
                Problem.of(HttpStatus.CONFLICT, "ChannelGone", "The channel was just given up; try again.")
                        .exception();
        };
    }
}
