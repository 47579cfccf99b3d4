package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.TickClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.web.TestAccess;
import dev.stentor.web.TestListener;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A channel that is removed between the moment in which a listener opens it and the moment in which the listener joins. */
class RemovedWhileJoiningTest {

    private final TickClock clock = new AtOnce();
    private final ScriptedEngine engine = ScriptedEngine.speaking(new byte[960], 960);
    private final Broadcasts broadcasts = new Broadcasts(
            new BroadcastSettings(
                    Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 10, "test"),
            new SoundEncoding(
                    Runnable::run, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE),
            clock,
            PooledByteBufAllocator.DEFAULT,
            BroadcastStats.NONE);
    private final Channels channels = new Channels(
            clock,
            engine,
            Schedulers.parallel(),
            ChannelSettings.conversation(),
            new Channels.Limits(10, Duration.ofSeconds(60)),
            this::openAndRemove,
            () -> "u1",
            () -> 17,
            ChannelStats.NONE);
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(new ListenApi(
                            channels,
                            broadcasts,
                            Hearing.here(channels, broadcasts),
                            ListenTimes.standard(),
                            new ListenBounds(0, 0, 0),
                            ListenStats.NONE,
                            new ListenRights(
                                    ListenControl.NONE, TestAccess.open().commands(), engine, 100, () -> false),
                            () -> "c1",
                            Schedulers.parallel())
                    .routes())))
            .bindNow();

    @AfterEach
    void end() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    @Test
    void aListenerIsSentAwayForGoodAsThoseAreWhoListenedBefore() throws Exception {
        var address = URI.create("ws://127.0.0.1:" + server.port() + "/v1/channels/lobby/listen");
        try (TestListener listener = TestListener.connect(address)) {
            listener.say("{\"t\":\"hello\",\"v\":1}");
            assertThat(listener.closeCode()).isEqualTo(4404);
            assertThat(listener.await("bye").path("resume").asBoolean()).isFalse();
        }
    }

    /** Opens the broadcast of a new channel, and has it removed before anybody gets to see the channel. */
    private ChannelOutput openAndRemove(ChannelName name, long epoch, ChannelSettings settings) {
        ChannelOutput output = broadcasts.open(name, epoch, settings);
        broadcasts.remove(name);
        output.close();
        return output;
    }

    /** A clock that runs each task on the calling thread, here the connection's event loop. Time does not pass. */
    private static final class AtOnce implements TickClock {

        @Override
        public long micros() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public void activate(Ticking ticking) {}
    }
}
