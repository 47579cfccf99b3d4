package dev.stentor.app;

import dev.stentor.access.CommandCheck;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.TickClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.web.channels.ChannelsApi;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.RemoteLists;
import dev.stentor.web.listen.Hearing;
import dev.stentor.web.listen.ListenApi;
import dev.stentor.web.listen.ListenBounds;
import dev.stentor.web.listen.ListenControl;
import dev.stentor.web.listen.ListenRights;
import dev.stentor.web.listen.ListenStats;
import dev.stentor.web.listen.ListenTimes;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A gateway for the warm-up alone, on a port of the loopback address that is open as long as that lasts. It is made of the classes of the real
 * one and shares its event loops and its clock. Its speech service and its listeners are its own. It has no access, usage, archive, traces or
 * meters, so nothing of it is ever seen.
 */
final class WarmUpGateway {

    /** The number of listeners, each on a channel of its own: a channel takes the time of a frame for each utterance. */
    private static final int LISTENERS = 4;

    /** The number of utterances of each listener, through all APIs together. A hundred are enough for the compiler, if it has a processor for itself. */
    private static final int UTTERANCES = 25;

    /**
     * The same where there is one processor only: what the compiler does for the rest of them would hold up the start of all else. With the
     * classes of the image's cache, ten made the first sound come no sooner.
     */
    private static final int UTTERANCES_ON_ONE_PROCESSOR = 3;

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(10);

    private final GatewayProperties properties;
    private final TickClock clock;
    private final LoopResources loops;
    private final CommandCheck check;
    private final List<WebFilter> filters;

    /**
     * Creates a gateway that is not there yet.
     *
     * @param check looked at by commands of listeners, which its listeners never give
     * @param filters those of the real gateway that keep no state
     */
    WarmUpGateway(
            GatewayProperties properties,
            TickClock clock,
            LoopResources loops,
            CommandCheck check,
            List<WebFilter> filters) {
        this.properties = properties;
        this.clock = clock;
        this.loops = loops;
        this.check = check;
        this.filters = filters;
    }

    /**
     * Opens it, has utterances spoken to its listeners, and closes it again when all have ended, or with the signal. Does so for the API of
     * each service, one after the other.
     *
     * @param enough a signal that may be subscribed to any number of times
     */
    Mono<Void> speak(Mono<Void> enough) {
        List<UpstreamProperties.Kind> kinds = kinds();
        int utterances = Math.max(1, utterances() / kinds.size());
        return Flux.fromIterable(kinds)
                .concatMap(kind -> speak(kind, utterances, enough))
                .then();
    }

    private Mono<Void> speak(UpstreamProperties.Kind kind, int utterances, Mono<Void> enough) {
        return Mono.usingWhen(
                WarmUpService.start(kind, loops),
                service -> Mono.usingWhen(
                        Mono.fromSupplier(() -> engine(kind, service.port()))
                                .subscribeOn(Schedulers.boundedElastic()), // its tables are read from files
                        engine -> speak(engine, utterances, enough),
                        engine -> Mono.fromRunnable(engine::close)),
                WarmUpGateway::end);
    }

    /** Returns the APIs of the services, so that their classes are met; that of Qwen-TTS if there is none. */
    private List<UpstreamProperties.Kind> kinds() {
        List<UpstreamProperties.Kind> kinds = Upstreams.usable(properties).stream()
                .map(UpstreamProperties::kind)
                .distinct()
                .toList();
        return kinds.isEmpty() ? List.of(UpstreamProperties.Kind.DASHSCOPE) : kinds;
    }

    private Engine engine(UpstreamProperties.Kind kind, int port) {
        return Engine.upstreams(List.of(WarmUpService.settings(kind, port)), properties, Identifiers::requestId);
    }

    private Mono<Void> speak(Engine engine, int utterances, Mono<Void> enough) {
        EngineStack speaking =
                EngineStack.of(properties, engine, new Archiving(null, 0, null), () -> {}, CallStats.NONE);
        var broadcasts = new Broadcasts(
                CoreConfiguration.settings(properties.listen()),
                new SoundEncoding(
                        Runnable::run,
                        properties.listen().opus(),
                        new Mp3BitRate(properties.listen().mp3Bitrate()),
                        EncodingStats.NONE,
                        EncodingStats.NONE),
                clock,
                PooledByteBufAllocator.DEFAULT,
                BroadcastStats.NONE);
        return Mono.usingWhen(
                Mono.fromSupplier(() -> channels(speaking, broadcasts)),
                channels -> Mono.usingWhen(
                        serve(speaking(speaking, channels, broadcasts), listening(speaking, channels, broadcasts)),
                        server -> listen(server.port(), utterances).takeUntilOther(enough),
                        server -> end(server).then(gone(broadcasts))),
                channels -> Mono.fromRunnable(channels::close).then(settled()));
    }

    /** Lets the first listener be served alone, while caches are filled under locks, and then the others at the same time. */
    private Mono<Void> listen(int port, int utterances) {
        return listener(port, 1, utterances)
                .thenMany(Flux.range(2, LISTENERS - 1).flatMap(number -> listener(port, number, utterances), LISTENERS))
                .then();
    }

    private Mono<Void> listener(int port, int number, int utterances) {
        return Mono.defer(() -> new WarmUpListener(port, number, utterances, loops).listen());
    }

    private static int utterances() {
        return Runtime.getRuntime().availableProcessors() > 1 ? UTTERANCES : UTTERANCES_ON_ONE_PROCESSOR;
    }

    private Channels channels(EngineStack speaking, Broadcasts broadcasts) {
        return new Channels(
                clock,
                speaking.wholeTexts(),
                Schedulers.parallel(),
                properties.channels().settings(properties.sound().bound()),
                new Channels.Limits(LISTENERS, Duration.ofMinutes(1)),
                broadcasts,
                () -> Identifiers.random('u'),
                Identifiers::epoch,
                ChannelStats.NONE);
    }

    private ChannelsApi speaking(EngineStack speaking, Channels channels, Broadcasts broadcasts) {
        var bodies = new JsonBody(Math.toIntExact(properties.api().maxBody().toBytes()), Schedulers.parallel());
        return new ChannelsApi(
                channels,
                broadcasts,
                speaking.wholeTexts(),
                null,
                RemoteLists.NONE,
                bodies,
                properties.channels().maxTextCharacters(),
                Schedulers.parallel());
    }

    private ListenApi listening(EngineStack speaking, Channels channels, Broadcasts broadcasts) {
        int mostCharacters = properties.channels().maxTextCharacters();
        return new ListenApi(
                channels,
                broadcasts,
                Hearing.here(channels, broadcasts),
                ListenTimes.standard(),
                new ListenBounds(0, 0, 0),
                ListenStats.NONE,
                new ListenRights(ListenControl.NONE, check, speaking.wholeTexts(), mostCharacters, () -> false),
                () -> Identifiers.random('c'),
                Schedulers.parallel());
    }

    private Mono<? extends DisposableServer> serve(ChannelsApi speak, ListenApi listen) {
        RouterFunction<ServerResponse> routes = speak.routes().and(listen.routes());
        HandlerStrategies.Builder strategies = HandlerStrategies.builder();
        filters.forEach(strategies::webFilter);
        var _ = strategies.webFilter(
                listen.upgrades(HandlerStrategies.withDefaults().messageWriters()));
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes, strategies.build())))
                .bind();
    }

    /** Completes when the listeners have left, whose connections end by themselves. */
    private static Mono<Void> gone(Broadcasts broadcasts) {
        return Flux.interval(Duration.ZERO, CHECK_INTERVAL)
                .onBackpressureDrop()
                .takeUntil(_ -> broadcasts.connections() == 0)
                .then();
    }

    /** Completes when the clock has done what it was told so far: only then is all memory of messages on its way back. */
    private Mono<Void> settled() {
        return Mono.create(done -> clock.execute(done::success));
    }

    private static Mono<Void> end(DisposableServer server) {
        server.dispose();
        return server.onDispose();
    }
}
