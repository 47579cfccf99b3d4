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

    /** The opcode of a text message. */
    public static final int TEXT = 0x1;

    /** The opcode of a binary message. */
    public static final int BINARY = 0x2;

    /** The most bytes before the payload. */
    public static final int MOST_HEAD_BYTES = 10;

    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int OPCODE = 0xF;
    /** Length that says that the true one follows in two bytes. */
    private static final int MEDIUM = 126;
    /** Length that says that the true one follows in eight bytes. */
    private static final int LONG = 127;

    private WebSocketFraming() {}

    /** Returns a direct buffer with the head of a frame and room for its payload. The caller owns it. */
    public static ByteBuf begin(ByteBufAllocator allocator, int opcode, int payloadBytes) {
        ByteBuf frame = allocator.directBuffer(MOST_HEAD_BYTES + payloadBytes);
        writeHead(frame, opcode, payloadBytes);
        return frame;
    }

    /** Writes the head of a frame, at most {@link #MOST_HEAD_BYTES}. */
    public static void writeHead(ByteBuf frame, int opcode, int payloadBytes) {
        frame.writeByte(0x80 | opcode);
        if (payloadBytes < MEDIUM) {
            frame.writeByte(payloadBytes);
        } else if (payloadBytes < 65_536) {
            frame.writeByte(MEDIUM).writeShort(payloadBytes);
        } else {
            frame.writeByte(LONG).writeLong(payloadBytes);
        }
    }

    /** Frames a text message in memory of Netty's default allocator. The caller owns it. */
    public static ByteBuf text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return begin(ByteBufAllocator.DEFAULT, TEXT, utf8.length).writeBytes(utf8);
    }

    /** Frames an empty ping. The caller owns it. */
    public static ByteBuf ping() {
        return Unpooled.wrappedBuffer(new byte[] {(byte) (0x80 | PING), 0});
    }

    /** Returns the index at which the payload of the frame at an index begins. The bytes are not moved. */
    public static int payload(ByteBuf framed, int at) {
        return at
                + switch (framed.getByte(at + 1)) {
                    case MEDIUM -> 4;
                    case LONG -> 10;
                    default -> 2;
                };
    }

    /** Tells whether one of several framed messages is binary. The bytes are whole frames, and are not moved. */
    public static boolean holdsBinary(ByteBuf framed) {
        int at = framed.readerIndex();
        while (at < framed.writerIndex()) {
            if ((framed.getByte(at) & OPCODE) == BINARY) {
                return true;
            }
            at = payload(framed, at)
                    + switch (framed.getByte(at + 1)) {
                        case MEDIUM -> framed.getUnsignedShort(at + 2);
                        case LONG -> Math.toIntExact(framed.getLong(at + 2));
                        default -> framed.getByte(at + 1);
                    };
        }
        return false;
    }

    /** Frames the answer to a ping, with a copy of its payload of at most 125 bytes. The caller owns it. */
    public static ByteBuf pong(ByteBuf payload) {
        return begin(ByteBufAllocator.DEFAULT, PONG, payload.readableBytes())
                .writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }
}
