package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.broadcast.socket.NettyOutlet;
import dev.stentor.broadcast.socket.SendMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrequentBytesTest {

    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int MASK = 0x1234_ABCD;

    /** Bytes per second of sound, which bound what the kernel holds; of no matter here. */
    private static final int RATE = 48_000;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    /** All that arrived: what the owner served begins with {@code +}, frames that the decoder read with their first byte. */
    private final List<String> arrived = new ArrayList<>();

    FrequentBytesTest() {
        var _ = NettyOutlet.install(channel, SendMode.WRITE, RATE, reason -> {});
        channel.pipeline().addLast(new StrictFrameDecoder(1 << 16));
        FrequentBytes.install(channel.pipeline(), this::serve);
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 125, 126, 500})
    void aTextThatCameWholeIsServedFromItsBytes(int length) {
        String text = "s" + "x".repeat(length - 1);
        ByteBuf bytes = Unpooled.wrappedBuffer(frame(FINAL | TEXT, text));
        receive(bytes.retain());
        assertThat(arrived).containsExactly("+" + text);
        assertThat(bytes.refCnt()).isEqualTo(1);
        bytes.release();
    }

    @Test
    void whatTheOwnerDoesNotServeIsDecodedBehindWhatItServed() {
        receive(
                frame(FINAL | TEXT, "s one"),
                frame(FINAL | TEXT, "s two"),
                frame(FINAL | TEXT, "other"),
                frame(FINAL | TEXT, "s three"));
        assertThat(arrived).containsExactly("+s one", "+s two", "81other", "81s three");
        receive(frame(FINAL | TEXT, "s four"));
        assertThat(arrived).last().isEqualTo("+s four");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverTheBytesAreCutAllMessagesArriveInOrder(long seed) {
        var random = new Random(seed);
        var all = Unpooled.buffer();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = "s" + i + "-".repeat(random.nextInt(200));
            switch (random.nextInt(5)) {
                case 0 -> {
                    all.writeBytes(frame(FINAL | PING, "p" + i));
                    expected.add("p" + i);
                }
                case 1 -> {
                    all.writeBytes(frame(TEXT, "s first" + i));
                    all.writeBytes(frame(FINAL | PING, "p" + i));
                    all.writeBytes(frame(FINAL | CONTINUATION, "s last" + i));
                    expected.addAll(List.of("s first" + i, "p" + i, "s last" + i));
                }
                case 2 -> {
                    all.writeBytes(frame(FINAL | BINARY, text));
                    expected.add(text);
                }
                default -> {
                    all.writeBytes(frame(FINAL | TEXT, text));
                    expected.add(text);
                }
            }
            while (all.readableBytes() > 300) {
                receive(all.readBytes(1 + random.nextInt(300)));
            }
            if (random.nextBoolean()) {
                receive(all.readBytes(all.readableBytes()));
            }
        }
        receive(all.readBytes(all.readableBytes()));
        all.release();
        assertThat(arrived.stream().map(FrequentBytesTest::text)).containsExactlyElementsOf(expected);
        assertThat(arrived).anyMatch(one -> one.startsWith("+")).anyMatch(one -> one.startsWith("81s"));
    }

    @Test
    void aTextBetweenTheFramesOfAnotherIsRefusedByTheDecoder() {
        receive(frame(TEXT, "s begins"));
        refused(frame(FINAL | TEXT, "s comes in between"));
        assertThat(arrived).containsExactly("01s begins");
    }

    @Test
    void nothingIsServedBehindAClose() {
        receive(frame(FINAL | CLOSE, ""));
        receive(frame(FINAL | TEXT, "s too late"));
        assertThat(arrived).containsExactly("88");
    }

    @Test
    void aTextWhoseLengthIsNotWrittenAsShortlyAsCanBeIsRefusedByTheDecoder() {
        ByteBuf bytes =
                Unpooled.buffer().writeByte(FINAL | TEXT).writeByte(FINAL | 126).writeShort(8);
        refused(bytes.writeInt(0).writeBytes("s eight ".getBytes(UTF_8)));
        assertThat(arrived).isEmpty();
    }

    @Test
    void aTextWithoutMaskIsRefusedByTheDecoder() {
        refused(Unpooled.buffer().writeByte(FINAL | TEXT).writeByte(8).writeBytes("s eight ".getBytes(UTF_8)));
        assertThat(arrived).isEmpty();
    }

    private boolean serve(ByteBuf bytes, int from, int length, int mask) {
        byte[] text = new byte[length];
        bytes.getBytes(from, text);
        mask(text, mask);
        boolean served = text[0] == 's';
        if (served) {
            arrived.add("+" + new String(text, UTF_8));
        }
        return served;
    }

    /** Lets bytes arrive at once. */
    private void receive(ByteBuf... bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            arrived.add(String.format("%x%x", frame.isFinalFragment() ? 8 : 0, opcode(frame))
                    + frame.content().toString(UTF_8));
            frame.release();
        }
    }

    private void refused(ByteBuf bytes) {
        assertThatThrownBy(() -> receive(bytes)).isInstanceOf(DecoderException.class);
    }

    private static int opcode(WebSocketFrame frame) {
        return switch (frame) {
            case TextWebSocketFrame _ -> TEXT;
            case BinaryWebSocketFrame _ -> BINARY;
            case ContinuationWebSocketFrame _ -> CONTINUATION;
            case PingWebSocketFrame _ -> PING;
            default -> CLOSE;
        };
    }

    private static String text(String one) {
        return one.substring(one.startsWith("+") ? 1 : 2);
    }

    private static ByteBuf frame(int first, String text) {
        byte[] payload = text.getBytes(UTF_8);
        mask(payload, MASK);
        ByteBuf frame = Unpooled.buffer().writeByte(first);
        if (payload.length < 126) {
            frame.writeByte(FINAL | payload.length);
        } else {
            frame.writeByte(FINAL | 126).writeShort(payload.length);
        }
        return frame.writeInt(MASK).writeBytes(payload);
    }

    private static void mask(byte[] bytes, int mask) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) (mask >>> (24 - 8 * (i % 4)));
        }
    }
}
