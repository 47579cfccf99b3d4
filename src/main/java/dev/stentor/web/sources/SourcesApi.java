package dev.stentor.web.sources;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixStatus;
import dev.stentor.channel.Source;
import dev.stentor.channel.SourceRestorer;
import dev.stentor.mix.SourceSettings;
import dev.stentor.source.PreparedSource;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundStreams;
import dev.stentor.source.SourceContent;
import dev.stentor.source.SourceFactory;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.ChargedSpeech;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemFilter;
import dev.stentor.web.edge.Spool;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The API of the mixing stage: the sources beside the speech, their gains, and how they make way for it. */
public final class SourcesApi implements SourceRestorer {

    private static final String MIX = "/v1/channels/{channel}/mix";
    private static final String SOURCES = "/v1/channels/{channel}/sources";
    private static final String SOURCE = SOURCES + "/{name}";
    private static final String SPEECH = "speech";

    private final Channels channels;
    private final SpeechEngine engine;
    private final SourceFactory factory;
    private final JsonBody bodies;
    private final SoundsApi sounds;

    /**
     * Creates the API over these channels.
     *
     * @param engine speaks the sources that are texts
     * @param spool keeps uploads until they are read
     * @param maxUploadBytes largest size of one upload
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
        this.engine = engine;
        this.factory = new SourceFactory(library, streams, engine, work);
        this.bodies = bodies;
        this.sounds = new SoundsApi(library, spool, maxUploadBytes);
    }

    /** Returns the routes of the API. */
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

    @Override
    public Mono<Source> restore(String recipe, SourceSettings settings) {
        return factory.again(recipe)
                .map(made -> new Source(
                        made::open, settings, new Source.Start.After(Duration.ZERO), made.loudnessLufs(), made));
    }

    private Mono<ServerResponse> mix(ServerRequest request) {
        return find(request).mix().flatMap(status -> json(MixView.of(status)));
    }

    private Mono<ServerResponse> changeMix(ServerRequest request) {
        ChannelName name = channelName(request);
        return bodies.read(request, MixBody.class)
                .flatMap(body -> open(name).flatMap(channel -> channel.mix(body::over)))
                .flatMap(status -> json(MixView.of(status)));
    }

    private Mono<ServerResponse> source(ServerRequest request) {
        Channel channel = find(request);
        String name = sourceName(request);
        return channel.mix().flatMap(status -> one(name, status));
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        ChannelName channel = channelName(request);
        String name = sourceName(request);
        return bodies.read(request, SourceBody.class)
                .flatMap(body -> prepared(body).flatMap(source -> put(channel, name, body, source)))
                .flatMap(status -> one(name, status));
    }

    private Mono<Channel> open(ChannelName name) {
        return Mono.deferContextual(context -> channels.open(name, true, Account.in(context)));
    }

    private Mono<PreparedSource> prepared(SourceBody body) {
        SourceContent content = body.content();
        if (content instanceof SourceContent.SpokenText(SpeechRequest request)) {
            return ChargedSpeech.of("", charge -> {
                charge.end(); // its characters are reserved when it is spoken, which may be much later
                return prepared(body, new SourceContent.SpokenText(request.chargedTo(charge)));
            });
        }
        return prepared(body, content);
    }

    private Mono<PreparedSource> prepared(SourceBody body, SourceContent content) {
        if (content instanceof SourceContent.SpokenText(SpeechRequest request)) {
            engine.objection(request).ifPresent(wrong -> {
                throw Problem.invalid(wrong.field(), wrong.message())
                        .withCode(wrong.code())
                        .exception();
            });
        }
        return factory.prepare(content, body.loops(), body.when());
    }

    private Mono<MixStatus> put(ChannelName channel, String name, SourceBody body, PreparedSource prepared) {
        var source = new Source(prepared::open, body.settings(), body.start(), prepared.loudnessLufs(), prepared);
        return open(channel).flatMap(opened -> opened.put(name, source, DuckBody.over(body.duck())));
    }

    private Mono<ServerResponse> change(ServerRequest request) {
        Channel channel = find(request);
        String name = sourceName(request);
        return bodies.read(request, ChangeBody.class)
                .flatMap(body -> channel.change(name, body::over, DuckBody.over(body.duck()))
                        .doOnNext(status -> loop(name, status, body.loop())))
                .flatMap(status -> one(name, status));
    }

    private static void loop(String name, MixStatus status, @Nullable Boolean loops) {
        if (loops != null) {
            find(name, status).ifPresent(source -> {
                if (source.origin() instanceof PreparedSource prepared) {
                    prepared.loop(loops);
                }
            });
        }
    }

    private Mono<ServerResponse> remove(ServerRequest request) {
        Channel channel = find(request);
        return channel.remove(sourceName(request))
                .switchIfEmpty(Mono.error(SourceProblems::unknownSource))
                .flatMap(_ -> ServerResponse.noContent().build());
    }

    /** Answers with the source and the stage's own state: a client wants to know whether the source sounds yet. */
    private static Mono<ServerResponse> one(String name, MixStatus status) {
        MixStatus.SourceStatus source = find(name, status)
                .orElseThrow(() -> status.failed().stream()
                        .filter(failed -> failed.name().equals(name))
                        .findFirst()
                        .flatMap(MixView::failure)
                        .map(SourceProblems::failed)
                        .orElseGet(SourceProblems::unknownSource));
        return json(new OneSource(status.on(), status.pending(), SourceView.of(source)));
    }

    private record OneSource(boolean on, boolean pending, SourceView source) {}

    private static Optional<MixStatus.SourceStatus> find(String name, MixStatus status) {
        return status.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst();
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
