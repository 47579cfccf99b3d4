package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.TestListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send as fast as they can, and read nothing. */
class FloodTest extends Listening {

    /** More than the kernel keeps of one connection, on both sides of it. */
    private static final long KERNEL_BYTES = 24 << 20;

    private static final long MOST_BYTES = 1 << 20;

    private static final int PING = 0x89;
    private static final int TEXT = 0x81;

    @Test
    void aClientThatPingsAndReadsNothingIsNotReadForEver() throws Exception {
        assertNotReadForEver("stentor.v1", message(PING, "x".repeat(125)));
    }

    @Test
    void aBareClientThatPingsAndReadsNothingIsNotReadForEverEither() throws Exception {
        assertNotReadForEver("", message(PING, "x".repeat(125)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"t\":\"say\",\"ref\":\"a\",\"text\":\"Hello.\"}", "{\"t\":\"interrupt\"}"})
    void aClientThatIsRefusedAndReadsNothingIsNotReadForEver(String command) throws Exception {
        assertNotReadForEver("stentor.v1", message(TEXT, command));
    }

    private void assertNotReadForEver(String protocol, byte[] message) throws Exception {
        try (SocketChannel client = connect(protocol)) {
            if (!protocol.isEmpty()) {
                sayHello(client);
            }
            ByteBuffer flood = repeated(message);
            long filled = writeAll(client, flood);
            var sinceThen = new AtomicLong();
            Awaitility.await()
                    .during(Duration.ofMillis(1_500))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        long taken = sinceThen.addAndGet(writeAll(client, flood));
                        if (taken >= MOST_BYTES) {
                            sinceThen.set(0); // the kernel took more on a busy machine: watch anew
                        }
                        assertThat(taken)
                                .as("bytes read of a client that should not be read, after %d", filled)
                                .isLessThan(MOST_BYTES);
                    });
            try (TestListener other = TestListener.join(listen("lobby"))) {
                var _ = speak("lobby", "{\"text\":\"Hello.\"}");
                other.await("utterance.ended");
                assertThat(other.sound()).isEqualTo(SOUND);
            }
        }
    }

    private static void sayHello(SocketChannel client) throws Exception {
        ByteBuffer hello = ByteBuffer.wrap(message(TEXT, "{\"t\":\"hello\",\"v\":1}"));
        while (hello.hasRemaining()) {
            var _ = client.write(hello);
        }
    }

    /** Writes until the socket takes no more, or more than the kernel keeps; returns the bytes that it took. */
    private static long writeAll(SocketChannel client, ByteBuffer flood) throws Exception {
        long sent = 0;
        int written = 1;
        while (written > 0 && sent < KERNEL_BYTES) {
            if (!flood.hasRemaining()) {
                flood.rewind();
            }
            written = client.write(flood);
            sent += written;
        }
        return sent;
    }

    private SocketChannel connect(String protocol) throws Exception {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        client.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), gateway.http("/").getPort()));
        String head = "GET /v1/channels/lobby/listen HTTP/1.1\r\nHost: 127.0.0.1:"
                + gateway.http("/").getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n";
        client.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
        ByteBuffer answer = ByteBuffer.allocate(12);
        while (answer.hasRemaining()) {
            assertThat(client.read(answer)).isPositive();
        }
        assertThat(new String(answer.array(), UTF_8)).isEqualTo("HTTP/1.1 101");
        client.configureBlocking(false);
        return client;
    }

    /** A client's message: masked, with a mask of zeros. */
    private static byte[] message(int opcode, String text) {
        byte[] payload = text.getBytes(UTF_8);
        assertThat(payload.length).isLessThan(126);
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) opcode)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private static ByteBuffer repeated(byte[] message) {
        ByteBuffer many = ByteBuffer.allocate(message.length * 500);
        while (many.hasRemaining()) {
            many.put(message);
        }
        return many.flip();
    }
}
