package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many handshakes without a hello: the short form of the attack in {@code scripts/attacks.sh}. */
class UnsaidHelloTest extends Listening {

    private static final int MANY = 500;
    private static final int PLACES = 301;

    private final List<Socket> sockets = new ArrayList<>();

    @Test
    void whoSaysNoHelloTakesNoMorePlacesThanThereAreAndGivesThemBack() throws Exception {
        start(Duration.ofMinutes(5));
        try (TestListener good = TestListener.join(listen("lobby"))) {
            open(PLACES - 1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.broadcasts().connections() == PLACES);
            open(MANY - sockets.size());
            List<Integer> codes = new ArrayList<>();
            for (Socket socket : sockets.subList(PLACES - 1, MANY)) {
                codes.add(closeCode(socket));
            }
            assertThat(codes).hasSize(MANY - PLACES + 1).containsOnly(4429);
            assertThat(gateway.broadcasts().connections()).isEqualTo(PLACES);
            hear(good);
            closeAll();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.broadcasts().connections() == 1);
        } finally {
            closeAll();
        }
    }

    @Test
    void allOfThemAreClosedAtTheDeadline() throws Exception {
        start(Duration.ofMillis(50));
        try {
            open(MANY);
            List<Integer> codes = new ArrayList<>();
            for (Socket socket : sockets) {
                codes.add(closeCode(socket));
            }
            assertThat(codes).hasSize(MANY).contains(4408).isSubsetOf(4408, 4429);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.broadcasts().connections() == 0);
        } finally {
            closeAll();
        }
    }

    private void start(Duration hello) {
        gateway.close();
        gateway = new TestGateway(
                ScriptedEngine.speaking(SOUND, 4_800),
                TestGateway.Options.standard()
                        .withLimits(10, PLACES)
                        .withTimes(new ListenTimes(hello, Duration.ofMinutes(5), Duration.ofSeconds(2))));
    }

    private void hear(TestListener good) throws Exception {
        assertThat(speak("lobby", "{\"text\":\"Hello.\"}").statusCode()).isEqualTo(201);
        good.await("utterance.ended");
        assertThat(good.sound()).isEqualTo(SOUND);
    }

    /** Opens so many connections one after the other; each has its answer to the handshake. */
    private void open(int count) throws IOException {
        int port = gateway.http("/").getPort();
        byte[] handshake = """
                GET /v1/channels/lobby/listen HTTP/1.1\r
                Host: 127.0.0.1\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Protocol: stentor.v1\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                \r
                """.getBytes(ISO_8859_1);
        for (int i = 0; i < count; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(handshake);
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            assertThat(head).startsWith("HTTP/1.1 101 ");
        }
    }

    /** Reads to the end, and returns the code of the close frame, which comes first. */
    private static int closeCode(Socket socket) throws IOException {
        byte[] rest = socket.getInputStream().readAllBytes();
        assertThat(rest[0]).isEqualTo((byte) 0x88);
        return ((rest[2] & 0xFF) << 8) + (rest[3] & 0xFF);
    }

    private void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
