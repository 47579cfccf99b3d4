package dev.stentor.broadcast;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A reader of what a {@link FieldWriter} wrote. Throws {@link BufferUnderflowException} if there is less. Confined to one thread. */
final class FieldReader {

    private final ByteBuffer bytes;

    /** @param bytes its indices stay where they are */
    FieldReader(ByteBuffer bytes) {
        this.bytes = bytes.duplicate();
    }

    boolean flag() {
        return bytes.get() != 0;
    }

    byte number8() {
        return bytes.get();
    }

    int number32() {
        return bytes.getInt();
    }

    long number64() {
        return bytes.getLong();
    }

    double fraction() {
        return bytes.getDouble();
    }

    /** Returns a text that may be null. */
    @Nullable String optionalText() {
        int length = bytes.getInt();
        if (length == FieldWriter.NO_TEXT) {
            return null;
        }
        ByteBuffer encoded = bytes(length);
        return StandardCharsets.UTF_8.decode(encoded).toString();
    }

    String text() {
        String text = optionalText();
        if (text == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return text;
    }

    Duration time() {
        return Duration.ofMillis(bytes.getLong());
    }

    /** Returns as many values as the number before them says. */
    <T> List<T> list(Supplier<T> value) {
        int count = bytes.getInt();
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value.get());
        }
        return values;
    }

    /** Returns the next so many bytes, which are shared. */
    ByteBuffer bytes(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return part;
    }
}
