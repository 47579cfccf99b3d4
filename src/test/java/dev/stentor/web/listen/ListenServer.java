package dev.stentor.web.listen;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.TickClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.web.TestAccess;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The addresses of listeners on a loopback port, for tests that need channels or a way of hearing of their own. */
final class ListenServer implements AutoCloseable {

    private final ScriptedEngine engine =
            ScriptedEngine.speaking(new byte[SpeechTime.FRAME_BYTES], SpeechTime.FRAME_BYTES);
    private final Broadcasts broadcasts;
    private final DisposableServer server;

    /**
     * Serves.
     *
     * @param outputs makes the outputs of channels out of the broadcasts
     * @param hearing makes the way to the channels' broadcasts
     */
    ListenServer(
            TickClock clock,
            Function<Broadcasts, ChannelOutput.Factory> outputs,
            BiFunction<Channels, Broadcasts, Hearing> hearing) {
        broadcasts = new Broadcasts(
                new BroadcastSettings(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(3),
                        LagPolicy.SKIP,
                        Duration.ofSeconds(1),
                        10,
                        "test"),
                new SoundEncoding(
                        Runnable::run, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE),
                clock,
                PooledByteBufAllocator.DEFAULT,
                BroadcastStats.NONE);
        var channels = new Channels(
                clock,
                engine,
                Schedulers.parallel(),
                ChannelSettings.conversation(),
                new Channels.Limits(10, Duration.ofSeconds(60)),
                outputs.apply(broadcasts),
                () -> "u1",
                () -> 17,
                ChannelStats.NONE);
        var api = new ListenApi(
                channels,
                broadcasts,
                hearing.apply(channels, broadcasts),
                ListenTimes.standard(),
                new ListenBounds(0, 0, 0),
                ListenStats.NONE,
                new ListenRights(ListenControl.NONE, TestAccess.open().commands(), engine, 100, () -> false),
                () -> "c1",
                Schedulers.parallel());
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(api.routes())))
                .bindNow();
    }

    Broadcasts broadcasts() {
        return broadcasts;
    }

    /** Returns an address of the channel {@code lobby}, such as {@code listen}. */
    URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.port() + "/v1/channels/lobby/" + path);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
