package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The framing of a server's WebSocket messages: each is one final, unmasked frame (RFC 6455, section 5.2), so that a whole
 * message is the same for every listener.
 */
public final class WebSocketFraming {

    private static final int TEXT = 0x1;

    /** The opcode of a binary message. */
    public static final int BINARY = 0x2;

    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private WebSocketFraming() {}

    /** Returns a direct buffer with the head of a frame and room for its payload. The caller owns it. */
    public static ByteBuf begin(ByteBufAllocator allocator, int opcode, int payloadBytes) {
        ByteBuf frame = allocator.directBuffer(10 + payloadBytes);
        frame.writeByte(0x80 | opcode);
        if (payloadBytes < 126) {
            frame.writeByte(payloadBytes);
        } else if (payloadBytes < 65_536) {
            frame.writeByte(126).writeShort(payloadBytes);
        } else {
            frame.writeByte(127).writeLong(payloadBytes);
        }
        return frame;
    }

    /** Frames a text message. The caller owns it. */
    public static ByteBuf text(ByteBufAllocator allocator, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return begin(allocator, TEXT, utf8.length).writeBytes(utf8);
    }

    /** Frames a text message in memory of Netty's default allocator. The caller owns it. */
    public static ByteBuf text(String text) {
        return text(ByteBufAllocator.DEFAULT, text);
    }

    /** Frames an empty ping. The caller owns it. */
    public static ByteBuf ping() {
        return Unpooled.wrappedBuffer(new byte[] {(byte) (0x80 | PING), 0});
    }

    /** Frames the answer to a ping, with a copy of its payload of at most 125 bytes. The caller owns it. */
    public static ByteBuf pong(ByteBuf payload) {
        return begin(ByteBufAllocator.DEFAULT, PONG, payload.readableBytes())
                .writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }
}
