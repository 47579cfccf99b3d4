package dev.stentor.broadcast.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.testing.Signals;
import io.netty.channel.Channel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads messages by the protocol's rules, as long as it may, and keeps the first thing that breaks them. */
final class SocketReader implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The longest wait for the next message. A reader that stalls can make the kernel drop a segment, for which it has no memory
     * though its window had room. The sender then repeats it at intervals that double, up to the 120 s of Linux, and hears
     * nothing when the reader goes on: so a reader may wait for about as long as it has stalled.
     */
    private static final long LONGEST_WAIT_SECONDS = 150;

    private final Socket socket = new Socket();
    private final Object monitor = new Object();
    private boolean stalled;
    volatile @Nullable Throwable fault;
    private volatile boolean closed;
    int gaps;
    long missed;
    long heard;
    private long messages;
    private int generation = 1;
    private long start;
    private long nextSeq = -1;
    private long nextPos;

    /** @param tls null for a plain connection */
    SocketReader(int port, long from, @Nullable SSLSocketFactory tls) throws IOException {
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
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
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
        assertThat(samples).isEqualTo(Signals.selfIndexing(nextPos, SpeechTime.FRAME_SAMPLES));
        nextPos += SpeechTime.FRAME_SAMPLES;
        heard += SpeechTime.FRAME_SAMPLES;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        goOn();
        socket.close();
    }
}
