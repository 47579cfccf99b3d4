package dev.stentor.web;

import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.ClockThread;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.web.access.TicketsApi;
import dev.stentor.web.channels.ChannelsApi;
import dev.stentor.web.edge.FileAddresses;
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
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The gateway's own API over any engine, on a real server on a free loopback port, without an application context. */
public final class TestGateway implements AutoCloseable {

    private volatile List<WeakReference<?>> latest = List.of();
    private final ClockThread clock;
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final Channels channels;
    private final Broadcasts broadcasts;
    private final DisposableServer server;

    /** The settings that a test may change. */
    public record Options(
            ChannelSettings channel,
            int maxChannels,
            Duration lag,
            int maxListeners,
            ListenTimes times,
            int maxText,
            ListenControl control,
            TestAccess access) {
        /** Returns the defaults of the gateway. */
        public static Options standard() {
            return new Options(
                    ChannelSettings.conversation(),
                    100,
                    Duration.ofSeconds(3),
                    1_000,
                    ListenTimes.standard(),
                    20_000,
                    ListenControl.NONE,
                    TestAccess.open());
        }

        public Options withChannel(ChannelSettings settings) {
            return new Options(settings, maxChannels, lag, maxListeners, times, maxText, control, access);
        }

        public Options withControl(ListenControl newControl) {
            return new Options(channel, maxChannels, lag, maxListeners, times, maxText, newControl, access);
        }

        public Options withAccess(TestAccess newAccess) {
            return new Options(channel, maxChannels, lag, maxListeners, times, maxText, control, newAccess);
        }

        public Options withLag(Duration newLag) {
            return new Options(channel, maxChannels, newLag, maxListeners, times, maxText, control, access);
        }

        public Options withTimes(ListenTimes newTimes) {
            return new Options(channel, maxChannels, lag, maxListeners, newTimes, maxText, control, access);
        }

        public Options withLimits(int newMaxChannels, int newMaxListeners) {
            return new Options(channel, newMaxChannels, lag, newMaxListeners, times, maxText, control, access);
        }
    }

    public TestGateway(SpeechEngine engine) {
        this(engine, Options.standard());
    }

    public TestGateway(SpeechEngine engine, Options options) {
        this(engine, options, null);
    }

    /** Creates a gateway with recordings at these addresses; null if none are kept. */
    public TestGateway(SpeechEngine engine, Options options, @Nullable FileAddresses files) {
        this(engine, options, files, RemoteLists.NONE);
    }

    /** Creates a gateway with the lists of other nodes. */
    public TestGateway(SpeechEngine engine, Options options, @Nullable FileAddresses files, RemoteLists others) {
        clock = new ClockThread(fault::set, 1);
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20),
                options.lag(),
                LagPolicy.SKIP,
                Duration.ofSeconds(1),
                options.maxListeners(),
                "test");
        var encoding = new SoundEncoding(
                Schedulers.parallel()::schedule,
                OpusSettings.SPEECH,
                Mp3BitRate.SPEECH,
                EncodingStats.NONE,
                EncodingStats.NONE);
        broadcasts = new Broadcasts(settings, encoding, clock, PooledByteBufAllocator.DEFAULT, BroadcastStats.NONE);
        var ids = new AtomicLong();
        channels = new Channels(
                clock,
                engine,
                Schedulers.parallel(),
                options.channel(),
                new Channels.Limits(options.maxChannels(), Duration.ofSeconds(60)),
                broadcasts,
                () -> "u" + ids.incrementAndGet(),
                () -> 17,
                ChannelStats.NONE);
        var bodies = new JsonBody(2_000_000, Schedulers.parallel());
        var listening = new ListenApi(
                channels,
                broadcasts,
                Hearing.here(channels, broadcasts),
                options.times(),
                new ListenBounds(200, 1_000, 1_000_000),
                ListenStats.NONE,
                new ListenRights(
                        options.control(), options.access().commands(), engine, options.maxText(), () -> false),
                () -> "c" + ids.incrementAndGet(),
                Schedulers.parallel());
        var routes = new ChannelsApi(
                        channels, broadcasts, engine, files, others, bodies, options.maxText(), Schedulers.parallel())
                .routes()
                .and(listening.routes());
        routes = routes.and(new TicketsApi(
                        options.access().access(), options.access().tickets(), bodies, Schedulers.boundedElastic())
                .routes());
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        routes,
                        HandlerStrategies.builder()
                                .webFilter((exchange, chain) -> {
                                    var headers = exchange.getRequest().getHeaders();
                                    var answered = Long.toString(System.nanoTime());
                                    exchange.getResponse().getHeaders().set("Stentor-Test", answered);
                                    latest = List.of(
                                            new WeakReference<>(exchange),
                                            new WeakReference<>(headers.getFirst("Host")),
                                            new WeakReference<>(answered));
                                    return chain.filter(exchange);
                                })
                                .webFilter(options.access().filter())
                                .webFilter(listening.upgrades(
                                        HandlerStrategies.withDefaults().messageWriters()))
                                .build())))
                .bindNow();
    }

    /** Returns the address of a path over HTTP. */
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Returns the address of a path over WebSocket. */
    public URI webSocket(String path) {
        return URI.create("ws://127.0.0.1:" + server.port() + path);
    }

    /** Tells whether anything keeps the latest request, or the values of its headers and of those of its answer. */
    public boolean isLatestRequestKept() {
        return latest.stream().anyMatch(kept -> kept.get() != null);
    }

    /** Returns the broadcasts of the gateway. */
    public Broadcasts broadcasts() {
        return broadcasts;
    }

    /** Returns the channels of the gateway. */
    public Channels channels() {
        return channels;
    }

    /** Stops everything; fails if a task on the clock failed. */
    @Override
    public void close() {
        channels.close();
        server.disposeNow(Duration.ofSeconds(5));
        Awaitility.await().until(() -> broadcasts.connections() == 0);
        clock.close();
        Throwable failed = fault.get();
        if (failed != null) {
            throw new AssertionError("a task on the clock failed", Objects.requireNonNull(failed));
        }
    }
}
