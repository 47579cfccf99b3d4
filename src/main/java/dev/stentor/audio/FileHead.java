package dev.stentor.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A reader of numbers and names at the start of a file, which counts the bytes that are left. Confined to one thread. */
final class FileHead {

    private final InputStream in;
    private long left;

    FileHead(InputStream in, long bytes) {
        this.in = in;
        this.left = bytes;
    }

    /** Returns how many bytes of the file were not read yet. */
    long left() {
        return left;
    }

    /** Reads a name of four letters. */
    String name() throws IOException {
        return new String(bytes(4), StandardCharsets.ISO_8859_1);
    }

    int unsignedByte() throws IOException {
        return bytes(1)[0] & 0xFF;
    }

    long bigEndian(int count) throws IOException {
        long value = 0;
        for (byte next : bytes(count)) {
            value = value << 8 | (next & 0xFF);
        }
        return value;
    }

    long littleEndian(int count) throws IOException {
        byte[] bytes = bytes(count);
        long value = 0;
        for (int n = count - 1; n >= 0; n--) {
            value = value << 8 | (bytes[n] & 0xFF);
        }
        return value;
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        left -= count;
        return bytes;
    }

    void skip(long count) throws IOException {
        in.skipNBytes(count);
        left -= count;
    }
}
