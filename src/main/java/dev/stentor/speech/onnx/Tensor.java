package dev.stentor.speech.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant of a graph with 8-bit integers.
 *
 * @param name name by which nodes take it
 * @param shape sizes of its axes; none for a single number
 * @param signed whether the numbers are -128 to 127, not 0 to 255
 * @param bytes one byte for each number; the position never moves
 */
record Tensor(String name, List<Long> shape, boolean signed, ByteBuffer bytes) {

    static final int FLOAT = 1;
    static final int SHAPE = 1;
    static final int TYPE = 2;
    static final int NAME = 8;
    static final int RAW = 9;
    private static final int INTEGERS = 5;
    private static final int UNSIGNED_8_BIT = 2;
    private static final int SIGNED_8_BIT = 3;

    /** Returns the name of a constant of any type. */
    static String nameOf(ByteBuffer message) throws IOException {
        return nameOf(message, NAME);
    }

    /** Returns the name in a message, by the number of its field. */
    static String nameOf(ByteBuffer message, int number) throws IOException {
        return WireField.read(message).stream()
                .filter(field -> field.number() == number)
                .map(WireField::text)
                .findFirst()
                .orElse("");
    }

    /** Tells whether a constant has 8-bit integers. */
    static boolean isOne(ByteBuffer message) throws IOException {
        return WireField.read(message).stream()
                .anyMatch(field ->
                        field.number() == TYPE && (field.varint() == UNSIGNED_8_BIT || field.varint() == SIGNED_8_BIT));
    }

    static Tensor read(ByteBuffer message) throws IOException {
        var shape = new ArrayList<Long>();
        var integers = new ArrayList<Long>();
        ByteBuffer raw = ByteBuffer.allocate(0);
        String name = "";
        boolean signed = false;
        for (WireField field : WireField.read(message)) {
            switch (field.number()) {
                case SHAPE -> shape.addAll(field.integers());
                case TYPE -> signed = field.varint() == SIGNED_8_BIT;
                case INTEGERS -> integers.addAll(field.integers());
                case NAME -> name = field.text();
                case RAW -> raw = field.value();
                default -> {}
            }
        }
        return new Tensor(name, shape, signed, integers.isEmpty() ? raw : packed(integers));
    }

    /** Returns a number of it. */
    int at(int n) {
        byte value = bytes.get(n);
        return signed ? value : Byte.toUnsignedInt(value);
    }

    /** Returns how many numbers it has. */
    int size() {
        return bytes.remaining();
    }

    private static ByteBuffer packed(List<Long> integers) {
        ByteBuffer bytes = ByteBuffer.allocate(integers.size());
        integers.forEach(value -> bytes.put(value.byteValue()));
        return bytes.flip();
    }
}
