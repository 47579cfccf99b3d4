package dev.stentor.web.dashscope;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of the ASCII characters of a JSON string, from after its opening quote to its closing one. The string is never held in
 * memory as a whole.
 */
final class JsonStringStream extends InputStream {

    private static final int HEX_DIGITS = 4;

    private final InputStream json;
    private boolean ended;

    JsonStringStream(InputStream json) {
        this.json = json;
    }

    @Override
    public int read() throws IOException {
        if (ended) {
            return -1;
        }
        int next = next();
        if (next == '"') {
            ended = true;
            return -1;
        }
        return next == '\\' ? escaped() : next;
    }

    /** Reads without hiding failures; the default method swallows an IOException after the first byte. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int next = read();
            if (next < 0) {
                break;
            }
            bytes[offset + count] = (byte) next;
            count++;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private int escaped() throws IOException {
        int kind = next();
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> fourHexDigits();
            default -> kind;
        };
    }

    private int fourHexDigits() throws IOException {
        int value = 0;
        for (int n = 0; n < HEX_DIGITS; n++) {
            value = value << 4 | Character.digit(next(), 16);
        }
        return value & 0xFF;
    }

    private int next() throws IOException {
        int next = json.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }
}
