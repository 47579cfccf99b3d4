package dev.stentor.web.channels;

import dev.stentor.web.edge.Problem;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A splitter of bytes into lines; the bytes may come in pieces of any size. Confined to one subscription. */
final class LineSplitter {

    private final int maxBytes;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /**
     * Creates a splitter.
     *
     * @param maxBytes longest line, in bytes; a longer one is a problem of status 413
     */
    LineSplitter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the lines that end within these bytes, without their line feeds. */
    List<byte[]> lines(byte[] bytes) {
        var lines = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i);
                lines.add(begun.toByteArray());
                begun.reset();
                from = i + 1;
            }
        }
        keep(bytes, from, bytes.length);
        return lines;
    }

    /** Returns the bytes after the last line feed so far. */
    byte[] rest() {
        return begun.toByteArray();
    }

    private void keep(byte[] bytes, int from, int to) {
        if (begun.size() + to - from > maxBytes) {
            throw Problem.of(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "LineTooLarge",
                            "A line is larger than " + maxBytes + " bytes, which is all that is taken.")
                    .exception();
        }
        begun.write(bytes, from, to - from);
    }
}
