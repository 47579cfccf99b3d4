package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Fuzz;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fuzzing of what a client sends after the handshake: frames, hellos and all messages that control something. */
class ControlMessagesFuzzTest {

    private static final int FINAL_TEXT = 0x81;

    private static final String[] MESSAGES = {
        "{\"t\":\"hello\",\"v\":1,\"join\":\"live\",\"client\":{\"id\":\"a\"},\"formats\":[\"pcm/s16le/24000/1\"]}",
        "{\"t\":\"hello\",\"v\":1,\"resume\":{\"epoch\":17,\"seq\":5,\"pos\":480}}",
        "{\"t\":\"time\",\"t0\":12.5}",
        "{\"t\":\"report\",\"pos\":480,\"gen\":1,\"buffer_ms\":100,\"underruns\":0,\"state\":\"playing\","
                + "\"cut\":{\"gen\":1,\"pos\":5}}",
        "{\"t\":\"flow\",\"state\":\"off\"}",
        "{\"t\":\"say\",\"ref\":\"a\",\"text\":\"Hello.\",\"end\":true,\"mode\":\"next\",\"expires_ms\":5000}",
        "{\"t\":\"interrupt\",\"drain_ms\":5,\"fade_ms\":5}",
        "{\"t\":\"bye\"}"
    };

    private final TestGateway gateway = new TestGateway(
            ScriptedEngine.speaking(Signals.selfIndexing(480), 480),
            TestGateway.Options.standard().withControl(ListenControl.SAY));

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyFramesLeaveTheGatewayAsItWas() throws Exception {
        Fuzz.rounds(this::round);
        Awaitility.await().until(() -> gateway.broadcasts().connections() == 0);
        try (TestListener other = TestListener.join(gateway.webSocket("/v1/channels/lobby/listen"))) {
            other.say("{\"t\":\"time\",\"t0\":1}");
            other.await("time");
        }
    }

    private void round(RandomGenerator random) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.http("/").getPort())) {
            socket.setSoTimeout(60_000);
            boolean bare = random.nextInt(5) == 0;
            socket.getOutputStream().write(handshake(bare).getBytes(ISO_8859_1));
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = socket.getInputStream().read();
                assertThat(next).isNotNegative();
                head.append((char) next);
            }
            if (random.nextInt(4) > 0) {
                socket.getOutputStream().write(frame(FINAL_TEXT, MESSAGES[0].getBytes(UTF_8)));
            }
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                socket.getOutputStream().write(someFrame(random));
            }
            if (random.nextBoolean()) {
                socket.shutdownOutput();
                var _ = socket.getInputStream().readAllBytes();
            }
        } catch (SocketException reset) {
            assertThat(reset).as("a gateway may cut who breaks the protocol").isNotNull();
        }
    }

    private static byte[] someFrame(RandomGenerator random) {
        byte[] message = Fuzz.oneOf(random, MESSAGES).getBytes(UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> Fuzz.bytes(random, 300);
            case 1 -> frame(random.nextInt(256), Fuzz.bytes(random, 120));
            case 2 -> Fuzz.damaged(random, frame(FINAL_TEXT, message));
            case 3 -> frame(FINAL_TEXT, Fuzz.damaged(random, message));
            default -> frame(FINAL_TEXT, message);
        };
    }

    private static String handshake(boolean bare) {
        return "GET /v1/channels/lobby/listen HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + (bare ? "" : "Sec-WebSocket-Protocol: stentor.v1\r\n") + "\r\n";
    }

    /** A client's frame: masked, with a mask of zeros. */
    private static byte[] frame(int first, byte[] payload) {
        boolean isLong = payload.length > 125;
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length)
                .put((byte) first)
                .put((byte) (0x80 | (isLong ? 126 : payload.length)));
        if (isLong) {
            frame.putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
