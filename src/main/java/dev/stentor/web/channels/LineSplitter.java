package dev.stentor.web.channels;

import dev.stentor.web.edge.Problem;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Cuts bytes into lines, which may come in pieces of any size. Belongs to one subscription. */
final class LineSplitter {

    private final int maxBytes;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** @param maxBytes of one line; more is a problem of status 413 */
    LineSplitter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The lines that end in these bytes, without their ends. */
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

    /** What follows the last end of a line. */
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
