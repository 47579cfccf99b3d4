package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixLevels;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.usage.Account;
import dev.stentor.web.TestAccess;
import dev.stentor.web.TestListener;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A channel of another node that is there, but of which nothing can be heard. */
class UnheardChannelTest {

    private final VirtualClock clock = new VirtualClock();
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
            broadcasts,
            () -> "u1",
            () -> 17,
            ChannelStats.NONE);
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(new ListenApi(
                            channels,
                            broadcasts,
                            new Unheard(),
                            ListenTimes.standard(),
                            new ListenBounds(0, 0, 0),
                            ListenStats.NONE,
                            new ListenRights(
                                    ListenControl.NONE, TestAccess.open().commands(), engine, 100, () -> false),
                            () -> "c1",
                            Schedulers.parallel())
                    .routes())))
            .bindNow();

    private static final class Unheard implements Hearing {
        @Override
        public Mono<Boolean> isThere(ChannelName name, boolean make) {
            return Mono.just(true);
        }

        @Override
        public Mono<Broadcast> open(ChannelName name, boolean make, Account owner) {
            return Mono.empty();
        }

        @Override
        public Supplier<@Nullable MixLevels> levels(ChannelName name) {
            return () -> null;
        }
    }

    @AfterEach
    void end() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.port() + "/v1/channels/lobby/" + path);
    }

    @Test
    void aListenerIsToldSoInsteadOfWaitingForEver() throws Exception {
        try (TestListener listener = TestListener.connect(address("ws", "listen"))) {
            listener.say("{\"t\":\"hello\",\"v\":1}");
            assertThat(listener.await("error").path("code").asString()).isEqualTo("channel_unreachable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "ogg", "mp3"})
    void aPlainClientIsRefusedAndItsPlaceIsFreeAgain(String form) throws Exception {
        var answer = TestListener.HTTP.send(
                HttpRequest.newBuilder(address("http", "audio." + form)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        Awaitility.await()
                .untilAsserted(() -> assertThat(broadcasts.connections()).isZero());
    }
}
