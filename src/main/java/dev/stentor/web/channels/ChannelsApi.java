package dev.stentor.web.channels;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channels;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.web.edge.CharacterCount;
import dev.stentor.web.edge.ChargedSpeech;
import dev.stentor.web.edge.ContentType;
import dev.stentor.web.edge.FileAddresses;
import dev.stentor.web.edge.Filters;
import dev.stentor.web.edge.Freshness;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Objections;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemFilter;
import dev.stentor.web.edge.RemoteLists;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The HTTP API over channels: speaking, control of what is spoken, and status. Thread-safe. */
public final class ChannelsApi {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY_CHARACTERS = 200;
    private static final int LISTED = 50;
    /** The most that a channel remembers, but for a longer queue. */
    private static final int MAX_LISTED = 200;

    private record UtteranceList(List<UtteranceView> utterances) {}

    private final ChannelLookup lookup;
    private final Objections objections;
    private final Scheduler work;
    private final ChannelList list;
    private final UtteranceViews views;
    private final JsonBody bodies;
    private final int maxTextCharacters;

    /**
     * Creates the API over the given channels.
     *
     * @param engine engine that is asked, before a request is taken, whether it can speak it at all
     * @param files addresses of the recordings; null if none are kept
     * @param others the lists of other nodes
     * @param maxTextCharacters longest text of one utterance, in UTF-16 units
     * @param work timer for the pauses between the lines of a body; not owned
     */
    public ChannelsApi(
            Channels channels,
            Broadcasts broadcasts,
            SpeechEngine engine,
            @Nullable FileAddresses files,
            RemoteLists others,
            JsonBody bodies,
            int maxTextCharacters,
            Scheduler work) {
        this.lookup = new ChannelLookup(channels, broadcasts);
        this.views = new UtteranceViews(lookup, files);
        this.objections = new Objections(engine);
        this.work = work;
        this.list = new ChannelList(lookup, others);
        this.bodies = bodies;
        this.maxTextCharacters = maxTextCharacters;
    }

    /** Returns the routes of this API. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v1/channels/{channel}/utterances", this::speak)
                .GET("/v1/channels/{channel}/utterances", this::utterances)
                .GET("/v1/channels/{channel}/utterances/{id}", this::utterance)
                .POST("/v1/channels/{channel}/utterances/{id}/resume", this::resume)
                .GET("/v1/channels/{channel}", this::channel)
                .GET("/v1/channels", list::all)
                .add(new ControlApi(lookup, views, bodies).routes())
                .add(new ListenersApi(lookup).routes())
                .add(new WritingApi(lookup, bodies).routes())
                .add(new SettingsApi(lookup, bodies).routes())
                .add(new EventsApi(lookup).routes())
                .filter(new ProblemFilter(Refusals::translate))
                .build();
    }

    private Mono<ServerResponse> speak(ServerRequest request) {
        var _ = ChannelLookup.name(request); // checks the name before the body is read
        String key = key(request);
        Mono<Utterance> spoken = ContentType.is(request.headers(), MediaType.APPLICATION_NDJSON)
                ? lines(request, key)
                : bodies.read(request, UtteranceBody.class)
                        .map(body -> checked(body.toRequest(maxTextCharacters, key), request))
                        .flatMap(asked -> ChargedSpeech.of(
                                asked.request().text(),
                                charge -> lookup.open(request)
                                        .flatMap(channel -> channel.speak(asked.chargedTo(charge)))));
        return spoken.flatMap(utterance -> created(request, utterance));
    }

    private Mono<Utterance> lines(ServerRequest request, @Nullable String key) {
        return ChargedSpeech.of("", charge -> {
            var lines = new NdjsonUtterance(
                    body -> checked(body.toOpenRequest(maxTextCharacters, key), request)
                            .chargedTo(charge),
                    work);
            return lines.spoken(
                    request.body(BodyExtractors.toDataBuffers()),
                    lookup.open(request),
                    lookup.channels().settings().writing().patience());
        });
    }

    private Mono<ServerResponse> resume(ServerRequest request) {
        return ChargedSpeech.of("", charge -> lookup.find(request).speakRest(request.pathVariable("id"), charge))
                .switchIfEmpty(
                        Mono.error(() -> ChannelLookup.notFound("id", "There is no such utterance on this channel.")))
                .flatMap(utterance -> created(request, utterance));
    }

    private Mono<ServerResponse> created(ServerRequest request, Utterance utterance) {
        return views.ofNew(request, utterance)
                .flatMap(view -> ServerResponse.created(
                                URI.create("/v1/channels/" + utterance.channel() + "/utterances/" + utterance.id()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(
                                CharacterCount.HEADER,
                                CharacterCount.of(utterance.request().text()))
                        .bodyValue(view));
    }

    private Mono<ServerResponse> utterances(ServerRequest request) {
        int limit = Filters.of(request, List.of(ListLimit.FIELD))
                .text(ListLimit.FIELD)
                .map(text -> ListLimit.of(text, MAX_LISTED))
                .orElse(LISTED);
        return lookup.find(request)
                .utterances(limit)
                .flatMapIterable(found -> found)
                .concatMap(utterance -> views.inList(request, utterance))
                .collectList()
                .flatMap(list -> json(new UtteranceList(list)));
    }

    private Mono<ServerResponse> utterance(ServerRequest request) {
        return lookup.find(request)
                .utterance(request.pathVariable("id"))
                .switchIfEmpty(
                        Mono.error(() -> ChannelLookup.notFound("id", "There is no such utterance on this channel.")))
                .flatMap(utterance -> views.of(request, utterance))
                .flatMap(ChannelsApi::json);
    }

    private Mono<ServerResponse> channel(ServerRequest request) {
        return lookup.find(request).status().map(lookup::view).flatMap(ChannelsApi::json);
    }

    private UtteranceRequest checked(UtteranceRequest asked, ServerRequest request) {
        objections.check(asked.request());
        return Freshness.isWanted(request.headers()) ? asked.anew() : asked;
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
}
