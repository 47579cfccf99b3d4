package dev.stentor.speech.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A protobuf message that is being put together. Confined to one thread. */
final class WireMessage {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds an integer. */
    void add(int number, long value) {
        varint((long) number << 3);
        varint(value);
    }

    /** Adds a text. */
    void add(int number, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        head(number, text.length);
        bytes.writeBytes(text);
    }

    /** Adds a message in it. */
    void nested(int number, ByteBuffer message) {
        head(number, message.remaining());
        copy(message);
    }

    /** Adds a field as it stands in another message. */
    void copy(ByteBuffer field) {
        byte[] copied = new byte[field.remaining()];
        field.duplicate().get(copied);
        bytes.writeBytes(copied);
    }

    /** Returns the head of a field with so many bytes. */
    static ByteBuffer headOf(int number, long length) {
        var message = new WireMessage();
        message.head(number, length);
        return message.bytes();
    }

    /** Adds the head of a field with so many bytes, which are written behind this message. */
    void head(int number, long length) {
        varint(((long) number << 3) | 2);
        varint(length);
    }

    /** Returns the bytes so far. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
