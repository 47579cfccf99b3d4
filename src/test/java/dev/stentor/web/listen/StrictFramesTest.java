package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of frames that RFC 6455 forbids, over bare sockets. */
class StrictFramesTest {

    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PROTOCOL_ERROR = 1_002;

    private final TestGateway gateway = new TestGateway(ScriptedEngine.speaking(Signals.selfIndexing(480), 480));

    @AfterEach
    void end() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 2_999, 5_000, 65_535})
    void aCloseCodeThatMustNotBeSentIsAnsweredWith1002(int code) throws IOException {
        byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
        assertThat(closeCode("stentor.v1", FINAL | CLOSE, payload)).isEqualTo(PROTOCOL_ERROR);
        assertThat(closeCode("", FINAL | CLOSE, payload)).isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 1_007, 1_012, 3_000, 4_999})
    void anyOtherCloseCodeIsReturned(int code) throws IOException {
        byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
        assertThat(closeCode("stentor.v1", FINAL | CLOSE, payload)).isEqualTo(code);
    }

    @ParameterizedTest(name = "RSV {0} with opcode {1}")
    @CsvSource({"1, 1", "2, 1", "4, 1", "7, 1", "4, 9", "2, 8", "4, 2"})
    void bitsOfAnExtensionThatNobodyAgreedOnAreAnsweredWith1002(int rsv, int opcode) throws IOException {
        byte[] hello = "{\"t\":\"hello\",\"v\":1}".getBytes(UTF_8);
        assertThat(closeCode("stentor.v1", FINAL | rsv << 4 | opcode, opcode == CLOSE ? new byte[0] : hello))
                .isEqualTo(PROTOCOL_ERROR);
        assertThat(closeCode("", FINAL | rsv << 4 | opcode, new byte[0])).isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, PING, FINAL, FINAL | 3, FINAL | 11})
    void framesOutOfPlaceAreAnsweredWith1002(int first) throws IOException {
        byte[] twice = ByteBuffer.allocate(13)
                .put(frame(first, new byte[] {'x'}))
                .put(frame(FINAL | TEXT, new byte[0]))
                .array();
        assertThat(closeCode("stentor.v1", twice)).isEqualTo(PROTOCOL_ERROR);
    }

    private int closeCode(String protocol, int first, byte[] payload) throws IOException {
        return closeCode(protocol, frame(first, payload));
    }

    /** Sends bytes after the handshake, and returns the code of the close that comes back. */
    private int closeCode(String protocol, byte[] bytes) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.http("/").getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(handshake(protocol).getBytes(ISO_8859_1));
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = socket.getInputStream().read();
                assertThat(next).isNotNegative();
                head.append((char) next);
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
            socket.getOutputStream().write(bytes);
            ByteBuffer answer = ByteBuffer.wrap(socket.getInputStream().readAllBytes());
            assertThat(answer.get() & 0xff).isEqualTo(FINAL | CLOSE);
            assertThat(answer.get()).isGreaterThanOrEqualTo((byte) 2);
            return answer.getShort() & 0xffff;
        }
    }

    private static String handshake(String protocol) {
        return "GET /v1/channels/lobby/listen HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n";
    }

    /** A client's frame: masked, with a mask of zeros. */
    private static byte[] frame(int first, byte[] payload) {
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) first)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }
}
