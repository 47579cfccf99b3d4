package dev.stentor.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** The standard error of a program. All of it is read, so that the program never waits; the beginning is kept. Thread-safe. */
final class ErrorOutput {

    private static final int KEPT_BYTES = 1_024;

    private final byte[] kept = new byte[KEPT_BYTES];
    private int length;

    /** Reads until the program closes it; blocks. */
    void read(InputStream stream) {
        byte[] bytes = new byte[4_096];
        try (stream) {
            for (int count = stream.read(bytes); count >= 0; count = stream.read(bytes)) {
                keep(bytes, count);
            }
        } catch (IOException _) { // the program was ended
        }
    }

    /** Returns its beginning, in one line; it may quote the program's input. */
    synchronized String beginning() {
        return new String(kept, 0, length, UTF_8).replaceAll("\\s+", " ").strip();
    }

    private synchronized void keep(byte[] bytes, int count) {
        int more = Math.min(count, KEPT_BYTES - length);
        System.arraycopy(bytes, 0, kept, length, more);
        length += more;
    }
}
