package dev.stentor.broadcast.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many sends in one call where the kernel allows that; where it does not, the way that is taken in its place. */
class KernelRingTest {

    private static final int REFUSED = -11;
    private static final int BAD_DESCRIPTOR = -9;

    private final Arena arena = Arena.ofShared();
    private ServerSocket server;
    private EventLoopGroup loops;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        loops = new MultiThreadIoEventLoopGroup(
                1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    @AfterEach
    void nothingStays() throws Exception {
        var _ = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        server.close();
        arena.close();
    }

    @Test
    void theKernelsReasonForARefusalIsTold() {
        assertThatThrownBy(() -> KernelRing.open(0))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(refusals());
    }

    @Test
    void aLoopSendsByARingWhereTheKernelAllowsOneAndElseByFd() throws Exception {
        if (!Epoll.isAvailable()) {
            assertThat(SendMode.RING.strategyOf(new EmbeddedChannel())).isSameAs(SendStrategy.QUEUED);
            return;
        }
        EpollSocketChannel channel = connect();
        SendStrategy strategy =
                loops.submit(() -> SendMode.RING.strategyOf(channel)).get(5, TimeUnit.SECONDS);
        boolean allowed = SendMode.RING.refusal().isEmpty();
        assertThat(strategy).isInstanceOf(allowed ? RingSend.class : DirectSend.class);
        assertThat(SendMode.RING.refusal().stream()).allMatch(why -> why.matches(refusals()));
    }

    @Test
    void eachSendHasAResultOfItsOwnAndNoByteIsLostOrSentTwice() throws Exception {
        if (!Epoll.isAvailable() || SendMode.RING.refusal().isPresent()) {
            assertThatThrownBy(() -> KernelRing.open(8)).isInstanceOf(IOException.class);
            return;
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        MemorySegment pattern = arena.allocate(1 << 20);
        for (long i = 0; i < pattern.byteSize(); i++) {
            pattern.set(ValueLayout.JAVA_BYTE, i, patternAt(i));
        }
        int[] results = new int[8];
        int[] sent = new int[4];
        boolean refused = false;
        boolean cut = false;
        try (KernelRing ring = KernelRing.open(8)) {
            var sockets = new EpollSocketChannel[4];
            var readers = new Socket[4];
            for (int i = 0; i < 4; i++) {
                sockets[i] = connect();
                readers[i] = server.accept();
            }
            int[] read = new int[4];
            for (int round = 0; round < 2_000; round++) {
                int length = 1 + random.nextInt(60_000);
                for (int i = 0; i < 4; i++) {
                    ring.add(sockets[i].fd().intValue(), pattern.address() + sent[i] % 65_536, length);
                }
                ring.add(-1, pattern.address(), length);
                ring.submit(results);
                assertThat(results[4]).isEqualTo(BAD_DESCRIPTOR);
                for (int i = 0; i < 4; i++) {
                    refused |= results[i] == REFUSED;
                    cut |= results[i] > 0 && results[i] < length;
                    assertThat(results[i]).isGreaterThanOrEqualTo(REFUSED).isNotZero();
                    sent[i] += Math.max(0, results[i]);
                }
                int reader = random.nextInt(4);
                read[reader] = readTo(readers[reader], read[reader], sent[reader]);
            }
            for (int i = 0; i < 4; i++) {
                assertThat(readTo(readers[i], read[i], sent[i])).isEqualTo(sent[i]);
                readers[i].close();
            }
        }
        assertThat(refused).as("some were refused").isTrue();
        assertThat(cut).as("some were short").isTrue();
    }

    /** The pattern repeats at every 65,536 bytes, and not before. */
    private static byte patternAt(long pos) {
        long place = pos % 65_536;
        return (byte) (place ^ place >> 8);
    }

    private static int readTo(Socket socket, int from, int to) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(to - from);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != patternAt(from + i)) {
                throw new AssertionError("byte " + (from + i) + " is wrong");
            }
        }
        return from + bytes.length;
    }

    private EpollSocketChannel connect() throws InterruptedException {
        return (EpollSocketChannel) new Bootstrap()
                .group(loops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.SO_SNDBUF, 16 * 1024)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
    }

    /** Forbidden, an impossible size, or not known. */
    private static String refusals() {
        return "io_uring_setup: error (1|22|38)";
    }
}
