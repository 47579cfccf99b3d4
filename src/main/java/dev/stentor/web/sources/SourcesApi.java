package dev.stentor.web.sources;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixStatus;
import dev.stentor.channel.Source;
import dev.stentor.mix.SoundClip;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundStreams;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemFilter;
import dev.stentor.web.edge.Spool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The mixing stage of channels: what sounds beside the speech, how loud, and how it makes way. */
public final class SourcesApi {

    private static final String MIX = "/v1/channels/{channel}/mix";
    private static final String SOURCES = "/v1/channels/{channel}/sources";
    private static final String SOURCE = SOURCES + "/{name}";
    private static final String SPEECH = "speech";
    private static final int MOST_SOURCES = 16;

    private final Channels channels;
    private final SourceMaker maker;
    private final JsonBody bodies;
    private final SoundsApi sounds;
    private final long mostSamples;
    private final SourceBook book = new SourceBook();

    /**
     * The API over these channels.
     *
     * @param engine speaks the sources that are speech
     * @param spool takes uploads
     * @param maxUploadBytes of one of them
     * @param work starts the engine; not owned
     */
    public SourcesApi(
            Channels channels,
            SoundLibrary library,
            SoundStreams streams,
            SpeechEngine engine,
            JsonBody bodies,
            Spool spool,
            long maxUploadBytes,
            Scheduler work) {
        this.channels = channels;
        this.maker = new SourceMaker(library, streams, engine, work);
        this.bodies = bodies;
        this.mostSamples = library.mostSamples();
        this.sounds = new SoundsApi(library, spool, maxUploadBytes);
    }

    /** Its routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(MIX, this::mix)
                .PATCH(MIX, this::changeMix)
                .GET(SOURCES, this::mix)
                .GET(SOURCE, this::source)
                .PUT(SOURCE, this::put)
                .PATCH(SOURCE, this::change)
                .DELETE(SOURCE, this::remove)
                .add(sounds.routes())
                .filter(new ProblemFilter(SourceProblems::translate))
                .build();
    }

    private Mono<ServerResponse> mix(ServerRequest request) {
        Channel channel = find(request);
        return channel.mix().flatMap(status -> view(channel, status));
    }

    private Mono<ServerResponse> changeMix(ServerRequest request) {
        ChannelName name = channelName(request);
        return bodies.read(request, MixBody.class)
                .flatMap(body -> Mono.defer(() -> {
                    Channel channel = channels.open(name);
                    return channel.mix()
                            .flatMap(status -> channel.mix(body.over(status.settings())))
                            .flatMap(status -> view(channel, status));
                }));
    }

    private Mono<ServerResponse> source(ServerRequest request) {
        Channel channel = find(request);
        String name = sourceName(request);
        return channel.mix().flatMap(status -> one(channel, name, status));
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        ChannelName channelName = channelName(request);
        String name = sourceName(request);
        return bodies.read(request, SourceBody.class)
                .flatMap(body -> maker.make(body).flatMap(made -> put(channelName, name, made)));
    }

    private Mono<ServerResponse> put(ChannelName channelName, String name, Made made) {
        Channel channel = channels.open(channelName);
        var source = new Source(made.input(), made.settings(), made.body().start(), made.loudnessLufs());
        return channel.mix()
                .doOnNext(status -> checkRoom(status, name))
                .then(Mono.defer(() -> roomFor(made)))
                .then(channel.mix())
                .flatMap(status -> ducked(channel, status, made.body().duck()))
                .then(Mono.defer(() -> {
                    book.put(channel, name, made);
                    return channel.put(name, source).doOnNext(_ -> made.putIn());
                }))
                .flatMap(status -> one(channel, name, status));
    }

    private Mono<ServerResponse> change(ServerRequest request) {
        Channel channel = find(request);
        String name = sourceName(request);
        return bodies.read(request, ChangeBody.class)
                .flatMap(body -> channel.mix().flatMap(status -> change(channel, name, body, status)))
                .switchIfEmpty(Mono.error(SourceProblems::unknownSource))
                .flatMap(status -> one(channel, name, status));
    }

    private Mono<MixStatus> change(Channel channel, String name, ChangeBody body, MixStatus status) {
        keep(channel, status);
        Optional<Made> made = book.find(channel, name);
        made.ifPresent(body::checkLoop);
        return channel.change(name, body.over(known(channel, status, name).settings()))
                .flatMap(changed -> ducked(channel, changed, body.duck()))
                .doOnNext(_ -> made.ifPresent(body::changeLoop));
    }

    /** Also one that failed: nobody is told of it any more. */
    private Mono<ServerResponse> remove(ServerRequest request) {
        Channel channel = find(request);
        String name = sourceName(request);
        boolean failed = book.forget(channel, name);
        return channel.remove(name)
                .hasElement()
                .filter(removed -> removed || failed)
                .switchIfEmpty(Mono.error(SourceProblems::unknownSource))
                .flatMap(_ -> ServerResponse.noContent().build());
    }

    /** All sources of a channel make way by one measure. */
    private static Mono<MixStatus> ducked(Channel channel, MixStatus status, @Nullable DuckBody duck) {
        return duck == null
                ? Mono.just(status)
                : channel.mix(new MixBody(duck, null, null, null).over(status.settings()));
    }

    private Mono<ServerResponse> view(Channel channel, MixStatus status) {
        keep(channel, status);
        return json(MixView.of(channel, status, book));
    }

    private void keep(Channel channel, MixStatus status) {
        book.keepChannels(
                known -> channels.find(known.name()).filter(known::equals).isPresent());
        book.keep(channel, status);
    }

    /** With the stage's own state: who put a source in wants to know whether it sounds yet. */
    private Mono<ServerResponse> one(Channel channel, String name, MixStatus status) {
        keep(channel, status);
        MixStatus.SourceStatus source = known(channel, status, name);
        return json(new OneSource(
                status.on(),
                status.pending(),
                SourceView.of(source, book.find(channel, name).orElse(null))));
    }

    private record OneSource(boolean on, boolean pending, SourceView source) {}

    private MixStatus.SourceStatus known(Channel channel, MixStatus status, String name) {
        return status.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> book.failed(channel).stream()
                        .filter(failed -> failed.name().equals(name))
                        .findFirst()
                        .map(failed -> SourceProblems.failed(failed.failure()))
                        .orElseGet(SourceProblems::unknownSource));
    }

    private static void checkRoom(MixStatus status, String name) {
        boolean there =
                status.sources().stream().anyMatch(source -> source.name().equals(name));
        if (!there && status.sources().size() >= MOST_SOURCES) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "TooManySources",
                            "A channel has " + MOST_SOURCES + " sources at most; take one out first.")
                    .exception();
        }
    }

    /** What all channels play is in memory; before it is said to be too much, those that have ended are forgotten. */
    private Mono<Void> roomFor(Made made) {
        SoundClip sound = made.sound();
        if (sound == null || book.samplesWith(sound) <= mostSamples) {
            return Mono.empty();
        }
        return Flux.fromIterable(book.channels())
                .flatMap(channel -> channel.mix().onErrorComplete().doOnNext(status -> keep(channel, status)))
                .then(Mono.defer(() -> book.samplesWith(sound) <= mostSamples
                        ? Mono.empty()
                        : Mono.error(SourceProblems.tooMuchSound(mostSamples / 24_000))));
    }

    private Channel find(ServerRequest request) {
        return channels.find(channelName(request)).orElseThrow(SourceProblems::unknownChannel);
    }

    private static ChannelName channelName(ServerRequest request) {
        String name = request.pathVariable("channel");
        if (!ChannelName.isValid(name)) {
            throw FieldChecks.wrong("channel", ChannelName.RULE);
        }
        return new ChannelName(name);
    }

    private static String sourceName(ServerRequest request) {
        String name = request.pathVariable("name");
        if (!ChannelName.isValid(name) || name.equals(SPEECH)) {
            throw FieldChecks.wrong(
                    "name", name.equals(SPEECH) ? "The speech itself has this name." : ChannelName.RULE);
        }
        return name;
    }

    static Mono<ServerResponse> json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(value);
    }
}
