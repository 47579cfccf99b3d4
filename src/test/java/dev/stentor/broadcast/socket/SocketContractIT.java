package dev.stentor.broadcast.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.JoinRequest;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.broadcast.socket.LoopbackServer.Way;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ClearRequest;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.SecureLoopback;
import dev.stentor.testing.Signals;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of the rules for every way to the socket, on real sockets of the loopback whose readers stall, go on and leave as
 * chance has it: each stream is whole WebSocket messages, in order, every jump announced, every sample in its place.
 */
class SocketContractIT {

    private static final ChannelName LOBBY = new ChannelName("lobby");
    private static @Nullable SecureLoopback tls;

    private final VirtualClock clock = new VirtualClock();
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private @Nullable Broadcasts broadcasts;
    private @Nullable LoopbackServer server;
    private long pos;

    static Stream<Way> ways() {
        var everywhere = Stream.of(
                new Way("write on NIO", false, SendMode.WRITE),
                new Way("write with TLS on NIO", false, SendMode.WRITE::strategyOf, true));
        var onEpoll = Stream.of(
                new Way("write on epoll", true, SendMode.WRITE),
                new Way("write with TLS on epoll", true, SendMode.AUTO::strategyOf, true),
                new Way("fd on epoll", true, SendMode.FD),
                new Way("ring on epoll", true, SendMode.RING), // by fd, where the kernel refuses: KernelRingTest
                new Way("fd and ring in turn on epoll", true, new WaysInTurn()::strategyOf, false));
        return Stream.concat(everywhere, Epoll.isAvailable() ? onEpoll : Stream.empty());
    }

    @BeforeAll
    static void makeACertificate() throws Exception {
        tls = SecureLoopback.create();
    }

    @AfterEach
    void nothingStays() throws Exception {
        if (server != null) {
            server.disconnect();
        }
        Broadcast deserted = Objects.requireNonNull(broadcasts).find(LOBBY).orElseThrow();
        Awaitility.await().until(() -> {
            clock.settle();
            return deserted.listeners() == 0;
        });
        deserted.close();
        clock.settle();
        if (server != null) {
            server.shutDown();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void manyReadersThatStallAndGoOnGetCleanStreams(Way way) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        Broadcast broadcast = broadcast(Duration.ofSeconds(60), Duration.ofSeconds(60));
        List<SocketReader> readers = listen(way, broadcast, 40);
        for (int i = 0; i < 600; i++) {
            frames(broadcast, 1 + random.nextInt(12) / 11 * 20);
            readers.get(random.nextInt(readers.size())).stall(random.nextBoolean());
            if (i % 100 == 99) {
                awaitProgress(readers);
            }
        }
        broadcast.flush();
        readers.forEach(SocketReader::goOn); // all at once: who stalls for longer waits for longer, see SocketReader
        for (SocketReader reader : readers) {
            reader.awaitSound(pos);
            assertThat(reader.gaps).isZero();
        }
        assertThat(readers).extracting(reader -> reader.fault).containsOnlyNulls();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whoStallsForTooLongIsToldExactlyWhatItMissed(Way way) throws Exception {
        Broadcast broadcast = broadcast(Duration.ofSeconds(20), Duration.ofSeconds(1));
        List<SocketReader> readers = listen(way, broadcast, 20);
        frames(broadcast, 10);
        readers.forEach(SocketReader::stall);
        frames(broadcast, 700); // more than the sockets of both sides hold
        Objects.requireNonNull(server).awaitLoops(); // who went on earlier would lack nothing
        readers.forEach(SocketReader::goOn);
        for (SocketReader reader : readers) {
            reader.awaitNext(() -> frames(broadcast, 1));
        }
        broadcast.on(new SpeechCleared(2, pos, ClearRequest.all("interrupt")));
        broadcast.flush();
        clock.settle();
        for (SocketReader reader : readers) {
            reader.awaitGeneration(2);
            assertThat(reader.gaps).isPositive();
            assertThat(reader.heard + reader.missed).isEqualTo(pos);
        }
        assertThat(readers).extracting(reader -> reader.fault).containsOnlyNulls();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whoLeavesInMidSendHarmsNobody(Way way) throws Exception {
        Broadcast broadcast = broadcast(Duration.ofSeconds(60), Duration.ofSeconds(60));
        List<SocketReader> readers = listen(way, broadcast, 30);
        List<SocketReader> leaving = readers.subList(0, 15);
        leaving.forEach(SocketReader::stall);
        for (int i = 0; i < 15; i++) {
            frames(broadcast, 50);
            leaving.get(i).close();
        }
        List<SocketReader> others = listen(way, broadcast, 15); // they get the numbers of the sockets that are closed
        frames(broadcast, 50);
        for (SocketReader reader : readers.subList(15, 30)) {
            reader.awaitSound(pos);
        }
        for (SocketReader reader : others) {
            reader.awaitSound(pos);
        }
        assertThat(readers.subList(15, 30)).extracting(reader -> reader.fault).containsOnlyNulls();
        assertThat(others).extracting(reader -> reader.fault).containsOnlyNulls();
    }

    @Test
    void aTrialSendsByBothWaysAndHarmsNobody() throws Exception {
        var turns = new WaysInTurn();
        var way = new Way("fd and ring in turn", Epoll.isAvailable(), turns::strategyOf, false);
        Broadcast broadcast = broadcast(Duration.ofSeconds(60), Duration.ofSeconds(60));
        List<SocketReader> readers = listen(way, broadcast, 4);
        for (int i = 0; i < 350; i++) { // a trial has 300 walks, over those who have got everything
            frames(broadcast, 1);
            for (SocketReader reader : readers) {
                reader.awaitSound(pos);
            }
        }
        assertThat(readers).extracting(reader -> reader.fault).containsOnlyNulls();
        boolean tried = Epoll.isAvailable() && SendMode.MEASURED.refusal().isEmpty();
        assertThat(turns.choices.get()).isEqualTo(tried ? 2 : 0); // of two loops
    }

    private Broadcast broadcast(Duration ring, Duration lag) {
        var settings = new BroadcastSettings(ring, lag, LagPolicy.SKIP, Duration.ofSeconds(1), 1_000, "node");
        var encoding = new SoundEncoding(
                Runnable::run, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE);
        broadcasts = new Broadcasts(settings, encoding, clock, allocator, BroadcastStats.NONE);
        return (Broadcast) broadcasts.open(LOBBY, 17, ChannelSettings.conversation());
    }

    private void frames(Broadcast broadcast, int count) {
        for (int i = 0; i < count; i++) {
            ByteBuffer audio = ByteBuffer.wrap(Signals.selfIndexing(pos, SpeechTime.FRAME_SAMPLES))
                    .asReadOnlyBuffer();
            broadcast.on(new Audio(1, pos, clock.micros(), false, false, audio, SpeechTime.FRAME_SAMPLES));
            pos += SpeechTime.FRAME_SAMPLES;
            clock.advance(Duration.ofMillis(20));
        }
        broadcast.flush();
        clock.settle();
    }

    private void awaitProgress(List<SocketReader> readers) throws InterruptedException {
        readers.getFirst().goOn();
        readers.getFirst().awaitMore(pos);
    }

    /** Returns the readers of so many listeners that have joined. */
    private List<SocketReader> listen(Way way, Broadcast broadcast, int count) throws Exception {
        if (server == null) {
            server = new LoopbackServer(way, Objects.requireNonNull(tls));
        }
        var joined = new CountDownLatch(count);
        List<SocketReader> readers = server.connect(count, pos, channel -> {
            NettyOutlet outlet = NettyOutlet.install(
                    channel,
                    way.sending().apply(channel),
                    Format.PCM.bytesPerSecond(),
                    reason -> SocketReader.cut(channel));
            var listener = new Listener(outlet, channel.eventLoop(), clock::micros, Duration.ofSeconds(1));
            outlet.onWritable(listener::writable);
            var _ = channel.closeFuture().addListener(closed -> listener.leave());
            broadcast.join(listener, new JoinRequest("c", null, Start.LIVE, null, Format.PCM, false));
            joined.countDown();
        });
        assertThat(joined.await(10, TimeUnit.SECONDS)).isTrue();
        clock.settle();
        return readers;
    }
}
