package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Clear;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.SecureLoopback;
import dev.stentor.testing.Signals;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every way to the socket must keep to, shown on real sockets of the loopback whose readers stall, go on and leave as chance
 * has it: each stream is whole WebSocket messages, in order, every jump announced, every sample in its place.
 */
class SocketContractTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ChannelName LOBBY = new ChannelName("lobby");
    private static @Nullable SecureLoopback tls;

    private final VirtualClock clock = new VirtualClock();
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private @Nullable Broadcasts broadcasts;
    private @Nullable EventLoopGroup group;
    private long pos;

    /** A transport and a way to the socket. */
    record Way(String name, boolean epoll, Sending sending, boolean secure) {

        private Way(String name, boolean epoll, Sending sending) {
            this(name, epoll, sending, false);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        var everywhere = Stream.of(
                new Way("write on NIO", false, Sending.WRITE),
                new Way("write with TLS on NIO", false, Sending.WRITE, true));
        var onEpoll = Stream.of(
                new Way("write on epoll", true, Sending.WRITE),
                new Way("write with TLS on epoll", true, Sending.AUTO, true),
                new Way("fd on epoll", true, Sending.FD),
                new Way("ring on epoll", true, Sending.RING)); // by fd, where the kernel refuses: KernelRingTest
        return Stream.concat(everywhere, Epoll.isAvailable() ? onEpoll : Stream.empty());
    }

    @BeforeAll
    static void makeACertificate() throws Exception {
        tls = SecureLoopback.create();
    }

    @AfterEach
    void nothingStays() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
        Broadcast deserted = Objects.requireNonNull(broadcasts).find(LOBBY).orElseThrow();
        Awaitility.await().until(() -> {
            clock.settle();
            return deserted.listeners() == 0;
        });
        deserted.close();
        clock.settle();
        if (group != null) {
            var _ = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void manyReadersThatStallAndGoOnGetCleanStreams(Way way) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        Broadcast broadcast = broadcast(Duration.ofSeconds(60), Duration.ofSeconds(60));
        List<Reader> readers = listen(way, broadcast, 40);
        for (int i = 0; i < 600; i++) {
            frames(broadcast, 1 + random.nextInt(12) / 11 * 20);
            readers.get(random.nextInt(readers.size())).stall(random.nextBoolean());
            if (i % 100 == 99) {
                awaitProgress(readers);
            }
        }
        broadcast.flush();
        for (Reader reader : readers) {
            reader.goOn();
            reader.awaitSound(pos);
            assertThat(reader.gaps).isZero();
        }
        assertThat(readers).extracting(reader -> reader.fault).containsOnlyNulls();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whoStallsForTooLongIsToldExactlyWhatItMissed(Way way) throws Exception {
        Broadcast broadcast = broadcast(Duration.ofSeconds(20), Duration.ofSeconds(1));
        List<Reader> readers = listen(way, broadcast, 20);
        frames(broadcast, 10);
        readers.forEach(Reader::stall);
        frames(broadcast, 700); // more than the sockets of both sides hold
        awaitLoops(); // who went on earlier would lack nothing
        readers.forEach(Reader::goOn);
        for (Reader reader : readers) {
            reader.awaitNext(() -> frames(broadcast, 1));
        }
        broadcast.on(new SpeechCleared(2, pos, Clear.all("interrupt")));
        broadcast.flush();
        clock.settle();
        for (Reader reader : readers) {
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
        List<Reader> readers = listen(way, broadcast, 30);
        List<Reader> leaving = readers.subList(0, 15);
        leaving.forEach(Reader::stall);
        for (int i = 0; i < 15; i++) {
            frames(broadcast, 50);
            leaving.get(i).close();
        }
        List<Reader> others = listen(way, broadcast, 15); // they get the numbers of the sockets that are closed
        frames(broadcast, 50);
        for (Reader reader : readers.subList(15, 30)) {
            reader.awaitSound(pos);
        }
        for (Reader reader : others) {
            reader.awaitSound(pos);
        }
        assertThat(readers.subList(15, 30)).extracting(reader -> reader.fault).containsOnlyNulls();
        assertThat(others).extracting(reader -> reader.fault).containsOnlyNulls();
    }

    private Broadcast broadcast(Duration ring, Duration lag) {
        var settings = new BroadcastSettings(ring, lag, LagPolicy.SKIP, Duration.ofSeconds(1), 1_000, "node");
        var encoding = new Encoding(Runnable::run, OpusSettings.SPEECH, EncodingStats.NONE);
        broadcasts = new Broadcasts(settings, encoding, clock, allocator, BroadcastStats.NONE);
        return (Broadcast) broadcasts.open(LOBBY, 17, ChannelSettings.conversation());
    }

    private void frames(Broadcast broadcast, int count) {
        for (int i = 0; i < count; i++) {
            ByteBuffer audio = ByteBuffer.wrap(Signals.selfIndexing(pos, ChannelEvent.FRAME_SAMPLES))
                    .asReadOnlyBuffer();
            broadcast.on(new Audio(1, pos, clock.micros(), false, false, audio, ChannelEvent.FRAME_SAMPLES));
            pos += ChannelEvent.FRAME_SAMPLES;
            clock.advance(Duration.ofMillis(20));
        }
        broadcast.flush();
        clock.settle();
    }

    /** Until what was handed to the event loops before is sent, as far as the sockets take it. */
    private void awaitLoops() throws InterruptedException {
        for (EventExecutor loop : Objects.requireNonNull(group)) {
            var _ = loop.submit(() -> {}).sync();
        }
    }

    private void awaitProgress(List<Reader> readers) throws InterruptedException {
        readers.getFirst().goOn();
        readers.getFirst().awaitMore(pos);
    }

    /** Listeners that have joined, each with a reader on its own thread at the other end. */
    private List<Reader> listen(Way way, Broadcast broadcast, int count) throws Exception {
        BlockingQueue<Channel> accepted = new LinkedTransferQueue<>();
        if (group == null) {
            group = new MultiThreadIoEventLoopGroup(
                    2, way.epoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        }
        Class<? extends ServerChannel> type =
                way.epoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(type)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (way.secure()) {
                            channel.pipeline().addLast(tls().server().newHandler(channel.alloc()));
                        }
                        accepted.add(channel);
                        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
                                var _ = context.close(); // readers leave here without a word
                            }
                        });
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        List<Reader> readers = new ArrayList<>();
        var joined = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            readers.add(new Reader(port, pos, way.secure() ? tls().client() : null));
            Channel channel = Objects.requireNonNull(accepted.poll(10, TimeUnit.SECONDS));
            if (way.secure()) {
                var _ = channel.pipeline()
                        .get(SslHandler.class)
                        .handshakeFuture()
                        .sync();
            }
            channel.eventLoop().execute(() -> {
                NettyOutlet outlet = NettyOutlet.install(channel, way.sending(), reason -> Reader.cut(channel));
                var listener = new Listener(outlet, channel.eventLoop(), clock::micros);
                outlet.serve(listener);
                var _ = channel.closeFuture().addListener(closed -> listener.leave());
                broadcast.join(listener, new JoinRequest("c", null, Start.LIVE, null, Format.PCM));
                joined.countDown();
            });
        }
        assertThat(joined.await(10, TimeUnit.SECONDS)).isTrue();
        clock.settle();
        toClose.addAll(readers);
        toClose.add(() -> server.close().sync());
        return readers;
    }

    private static SecureLoopback tls() {
        return Objects.requireNonNull(tls);
    }

    /** Reads messages by the protocol's rules, as long as it may, and keeps the first thing that breaks them. */
    private static final class Reader implements AutoCloseable {
        private final Socket socket = new Socket();
        private final Object monitor = new Object();
        private boolean stalled;
        private volatile @Nullable Throwable fault;
        private volatile boolean closed;
        private int gaps;
        private long missed;
        private long heard;
        private long messages;
        private int generation = 1;
        private long start;
        private long nextSeq = -1;
        private long nextPos;

        /** @param tls null for a plain connection */
        private Reader(int port, long from, @Nullable SSLSocketFactory tls) throws IOException {
            nextPos = from;
            socket.setReceiveBufferSize(32 * 1024); // with less, the window opens only when the sender asks
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Socket talk = tls == null ? socket : tls.createSocket(socket, "localhost", port, true);
            var _ = Thread.ofVirtual().start(() -> read(talk));
        }

        static void cut(Channel channel) {
            var _ = channel.close();
        }

        /** Reads no more until it is told to go on. */
        void stall() {
            stall(true);
        }

        void goOn() {
            stall(false);
        }

        void stall(boolean now) {
            synchronized (monitor) {
                stalled = now;
                monitor.notifyAll();
            }
        }

        void awaitSound(long end) throws InterruptedException {
            await(() -> heard + missed + start >= end);
        }

        /** One message more, unless it has all that there is. */
        void awaitMore(long end) throws InterruptedException {
            long before = messages;
            await(() -> messages > before || heard + missed + start >= end);
        }

        void awaitGeneration(int wanted) throws InterruptedException {
            await(() -> generation == wanted);
        }

        void awaitNext(Runnable more) throws InterruptedException {
            more.run();
            await(() -> gaps > 0);
        }

        private void await(BooleanSupplier wanted) throws InterruptedException {
            synchronized (monitor) {
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (!wanted.getAsBoolean() && fault == null) {
                    long left = (until - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        throw new AssertionError("heard " + heard + ", missed " + missed + ", messages " + messages);
                    }
                    monitor.wait(left);
                }
            }
        }

        private void read(Socket talk) {
            try {
                var in = new DataInputStream(new BufferedInputStream(talk.getInputStream(), 512));
                while (true) {
                    synchronized (monitor) {
                        while (stalled && !closed) {
                            monitor.wait();
                        }
                    }
                    int opcode = in.readUnsignedByte();
                    int length = in.readUnsignedByte();
                    byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
                    in.readFully(payload);
                    synchronized (monitor) {
                        take(opcode, payload);
                        messages++;
                        monitor.notifyAll();
                    }
                }
            } catch (IOException over) {
                if (!closed) {
                    fail(over);
                }
            } catch (Throwable broken) {
                fail(broken);
            }
        }

        private void fail(Throwable broken) {
            synchronized (monitor) {
                fault = broken;
                monitor.notifyAll();
            }
        }

        private void take(int opcode, byte[] payload) {
            switch (opcode) {
                case 0x81 -> text(JSON.readTree(payload));
                case 0x82 -> frame(ByteBuffer.wrap(payload));
                default -> throw new AssertionError("opcode " + opcode);
            }
        }

        private void text(JsonNode json) {
            switch (json.path("t").asString("")) {
                case "welcome" -> {
                    nextSeq = json.path("head_seq").asLong() + 1;
                    start = nextPos;
                }
                case "stream", "replay" -> {}
                case "gap" -> {
                    assertThat(json.path("from_seq").asLong()).isEqualTo(nextSeq);
                    assertThat(json.path("from_pos").asLong()).isEqualTo(nextPos);
                    gaps++;
                    missed += json.path("to_pos").asLong() - nextPos;
                    nextPos = json.path("to_pos").asLong();
                    nextSeq = json.path("to_seq").asLong() + 1;
                }
                case "clear" -> {
                    missed += json.path("pos").asLong() - nextPos;
                    nextPos = json.path("pos").asLong();
                    nextSeq = json.path("seq").asLong() + 1;
                    generation = json.path("gen").asInt();
                }
                default -> throw new AssertionError(json.toString());
            }
        }

        private void frame(ByteBuffer frame) {
            assertThat(frame.getInt(4)).isEqualTo((int) nextSeq++);
            assertThat(frame.getLong(8)).isEqualTo(nextPos);
            byte[] samples = new byte[frame.capacity() - 24];
            frame.get(24, samples);
            assertThat(samples).isEqualTo(Signals.selfIndexing(nextPos, ChannelEvent.FRAME_SAMPLES));
            nextPos += ChannelEvent.FRAME_SAMPLES;
            heard += ChannelEvent.FRAME_SAMPLES;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            goOn();
            socket.close();
        }
    }
}
