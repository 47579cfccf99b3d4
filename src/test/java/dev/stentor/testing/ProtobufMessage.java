package dev.stentor.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A message of Protocol Buffers, read without its description: fields by number, each a number or bytes. */
record ProtobufMessage(List<Field> fields) {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** One field; the bytes are empty if it is a number. */
    record Field(int number, long value, ByteBuffer bytes) {

        byte[] array() {
            var array = new byte[bytes.remaining()];
            bytes.duplicate().get(array);
            return array;
        }
    }

    static ProtobufMessage of(byte[] message) {
        return of(ByteBuffer.wrap(message));
    }

    private static ProtobufMessage of(ByteBuffer message) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var fields = new ArrayList<Field>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >> 3);
            fields.add(
                    switch ((int) tag & 7) {
                        case 0 -> new Field(number, varint(in), NOTHING);
                        case 1 -> new Field(number, in.getLong(), NOTHING);
                        case 2 -> new Field(number, 0, bytes(in));
                        case 5 -> new Field(number, in.getInt(), NOTHING);
                        default -> throw new AssertionError("a wire type that is not used any more: " + tag);
                    });
        }
        return new ProtobufMessage(fields);
    }

    /** Returns the messages in all fields of that number. */
    List<ProtobufMessage> all(int number) {
        return of(number).stream().map(field -> of(field.bytes())).toList();
    }

    /** Returns the text in a field; empty if there is none. */
    String text(int number) {
        return of(number).stream()
                .map(field -> new String(field.array(), UTF_8))
                .findFirst()
                .orElse("");
    }

    /** Returns the bytes in a field as hexadecimal digits; empty if there are none. */
    String hex(int number) {
        return of(number).stream()
                .map(field -> HexFormat.of().formatHex(field.array()))
                .findFirst()
                .orElse("");
    }

    /** Returns the number in a field; 0 if there is none. */
    long number(int number) {
        return of(number).stream().mapToLong(Field::value).findFirst().orElse(0);
    }

    private List<Field> of(int number) {
        return fields.stream().filter(field -> field.number() == number).toList();
    }

    private static ByteBuffer bytes(ByteBuffer in) {
        int length = (int) varint(in);
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
