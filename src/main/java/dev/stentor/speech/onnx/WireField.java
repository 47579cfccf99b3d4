package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a protobuf message.
 *
 * @param number its number in the message
 * @param varint its value if it is an integer, else 0
 * @param value its bytes if it has a length or a fixed size, else empty; positions never move
 * @param whole the same with its head, as it stands in the message
 */
record WireField(int number, long varint, ByteBuffer value, ByteBuffer whole) {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /**
     * Reads all fields of a message; copies nothing.
     *
     * @throws IOException if it is cut or no protobuf
     */
    static List<WireField> read(ByteBuffer message) throws IOException {
        ByteBuffer rest = message.duplicate();
        var fields = new ArrayList<WireField>();
        while (rest.hasRemaining()) {
            int from = rest.position();
            long head = varint(rest);
            int type = (int) head & 7;
            long varint = type == 0 ? varint(rest) : 0;
            long length = switch (type) {
                case 0 -> 0;
                case 1 -> Long.BYTES;
                case 2 -> varint(rest);
                case 5 -> Integer.BYTES;
                default -> throw new UnreadableGraph("The graph is no ONNX file.");
            };
            if (length < 0 || length > rest.remaining()) {
                throw new UnreadableGraph("The graph is cut.");
            }
            ByteBuffer value = length == 0 ? NOTHING : rest.slice(rest.position(), (int) length);
            rest.position(rest.position() + (int) length);
            fields.add(new WireField((int) (head >>> 3), varint, value, message.slice(from, rest.position() - from)));
        }
        return fields;
    }

    /** Returns the value as text. */
    String text() {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    /** Returns the integers of a repeated field: one, or several packed in its bytes. */
    List<Long> integers() throws IOException {
        if (!value.hasRemaining()) {
            return List.of(varint);
        }
        var integers = new ArrayList<Long>();
        ByteBuffer packed = value.duplicate();
        while (packed.hasRemaining()) {
            integers.add(varint(packed));
        }
        return integers;
    }

    private static long varint(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new UnreadableGraph("The graph is cut.");
    }
}
