package dev.stentor.broadcast;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A writer of fields, one behind the other, big-endian; {@link FieldReader} reads them back. Confined to one thread. */
final class FieldWriter {

    /** The length of a text that is null. */
    static final int NO_TEXT = -1;

    private ByteBuffer bytes;

    /** @param expectedBytes how many bytes are likely to be written */
    FieldWriter(int expectedBytes) {
        bytes = ByteBuffer.allocate(expectedBytes);
    }

    FieldWriter put(boolean value) {
        return put((byte) (value ? 1 : 0));
    }

    FieldWriter put(byte value) {
        room(Byte.BYTES).put(value);
        return this;
    }

    FieldWriter put(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    FieldWriter put(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    FieldWriter put(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    FieldWriter put(@Nullable String text) {
        if (text == null) {
            return put(NO_TEXT);
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return put(encoded.length).put(ByteBuffer.wrap(encoded));
    }

    FieldWriter put(Duration time) {
        return put(time.toMillis());
    }

    /** Puts bytes without their number. */
    FieldWriter put(ByteBuffer value) {
        room(value.remaining()).put(value.duplicate());
        return this;
    }

    /**
     * Puts how many values there are, and then each of them.
     *
     * @param one puts one value, and returns this writer
     */
    <T> FieldWriter putAll(List<T> values, Function<T, FieldWriter> one) {
        FieldWriter out = put(values.size());
        for (T value : values) {
            out = one.apply(value);
        }
        return out;
    }

    /** Returns all that was put. */
    byte[] bytes() {
        return bytes.position() == bytes.capacity() ? bytes.array() : Arrays.copyOf(bytes.array(), bytes.position());
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int needed = bytes.position() + more;
            bytes = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity())).put(bytes.flip());
        }
        return bytes;
    }
}
