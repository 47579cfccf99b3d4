package dev.stentor.speech.neural;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A reader of the files in a tar archive, one after the other: those with plain names, as packages have them. Confined to one thread. */
final class TarEntries {

    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int KIND_AT = 156;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    private final InputStream in;
    private long left;
    private long padding;

    TarEntries(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next file, and returns its name; empty at the end. */
    Optional<String> next() throws IOException {
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            byte[] head = in.readNBytes(BLOCK);
            if (head.length == 0 || (head.length == BLOCK && head[0] == 0)) {
                return Optional.empty();
            }
            if (head.length < BLOCK) {
                throw new EOFException("The archive is cut.");
            }
            left = size(head);
            padding = (BLOCK - left % BLOCK) % BLOCK;
            if (head[KIND_AT] == '0' || head[KIND_AT] == 0) {
                String prefix = text(head, PREFIX_AT, PREFIX_BYTES);
                String name = text(head, 0, NAME_BYTES);
                return Optional.of(prefix.isEmpty() ? name : prefix + "/" + name);
            }
        }
    }

    /** Returns the bytes of this file; a cut archive fails. */
    InputStream bytes() {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (left == 0 || length == 0) {
                    return left == 0 ? -1 : 0;
                }
                int read = in.read(into, from, (int) Math.min(length, left));
                if (read < 0) {
                    throw new EOFException("The archive is cut.");
                }
                left -= read;
                return read;
            }

            @Override
            public void close() {
                // The archive goes on behind this file.
            }
        };
    }

    private static long size(byte[] head) throws IOException {
        String octal = text(head, SIZE_AT, SIZE_BYTES).strip();
        try {
            return Long.parseUnsignedLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new IOException("The archive is no tar file.", e);
        }
    }

    private static String text(byte[] head, int from, int length) {
        int to = from;
        while (to < from + length && head[to] != 0) {
            to++;
        }
        return new String(head, from, to - from, StandardCharsets.UTF_8);
    }
}
