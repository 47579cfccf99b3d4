package dev.stentor.web.listen;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A scanner of one JSON object on its bytes, without an object for each value. It knows the plain half of JSON that players write:
 * ASCII without escapes. What it does not know is not plain; then {@link #end} is false, what was read means nothing, and a
 * parser must read the message instead. It never takes for JSON what is none. Not thread-safe.
 */
final class FlatJsonScanner {

    /** The most digits of which every whole number fits into a long. */
    private static final int MAX_DIGITS = 18;

    private static final int RADIX = 10;

    private final byte[] bytes;
    private int length;
    private int at;
    private int from;
    private int to;
    private boolean first;
    private boolean plain;

    /** Creates a scanner of messages up to so many bytes. */
    FlatJsonScanner(int maxBytes) {
        bytes = new byte[maxBytes];
    }

    /** Begins with another message, which must be an object; the buffer's indices do not move. */
    void begin(ByteBuf message) {
        plain = message.readableBytes() <= bytes.length;
        if (plain) {
            length = message.readableBytes();
            message.getBytes(message.readerIndex(), bytes, 0, length);
            at = 0;
            enter();
        }
    }

    /** Enters the object that comes next. */
    void enter() {
        expect('{');
        first = true;
    }

    /** Moves on to the next member's name; false if the object is over, or is not plain. */
    boolean nextName() {
        if (next() == '}') {
            at++;
            first = false; // of the object around this one, a member was read already
            return false;
        }
        if (!first) {
            expect(',');
        }
        first = false;
        string();
        return plain;
    }

    /** Ends the message: nothing may follow but white space. Tells whether all of it was plain. */
    boolean end() {
        if (next() != 0 || at < length) {
            plain = false;
        }
        return plain;
    }

    /** Tells whether the latest name or string is this one. */
    boolean is(byte[] ascii) {
        return Arrays.equals(bytes, from, to, ascii, 0, ascii.length);
    }

    /** Returns the latest name, string or number as it was written. */
    String text() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns the length of the latest name, string or number, in characters. */
    int textLength() {
        return to - from;
    }

    /** Says that this message is not plain for its reader. */
    void decline() {
        plain = false;
    }

    /** Reads a member's value, a string. */
    void stringValue() {
        expect(':');
        string();
    }

    /** Reads a member's value, a whole number. */
    long wholeValue() {
        expect(':');
        boolean negative = next() == '-';
        number();
        int digit = negative ? from + 1 : from;
        if (to - digit > MAX_DIGITS) {
            plain = false;
        }
        long value = 0;
        for (; plain && digit < to; digit++) {
            if (bytes[digit] < '0' || bytes[digit] > '9') {
                plain = false;
            }
            value = RADIX * value + bytes[digit] - '0';
        }
        return negative ? -value : value;
    }

    /** Reads a member's value, a number of any kind; {@link #text} tells how it was written. */
    double numberValue() {
        expect(':');
        number();
        double value = plain ? Double.parseDouble(text()) : 0;
        plain &= Double.isFinite(value) && (value != 0 || bytes[from] != '-'); // parsers differ about -0
        return value;
    }

    /** Reads a member's value, true or false. */
    boolean booleanValue() {
        expect(':');
        boolean value = next() == 't';
        word(value ? TRUE : FALSE);
        return value;
    }

    /** Enters a member's value, an object. */
    void objectValue() {
        expect(':');
        enter();
    }

    /** Reads past a member's value of any kind but objects and lists. */
    void skipValue() {
        expect(':');
        switch (next()) {
            case '"' -> string();
            case 't' -> word(TRUE);
            case 'f' -> word(FALSE);
            case 'n' -> word(NULL);
            default -> number();
        }
    }

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    /** Returns the bytes of a word, as {@link #is} wants them. */
    static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private void string() {
        expect('"');
        from = at;
        while (at < length && bytes[at] != '"') {
            plain &= bytes[at] >= ' ' && bytes[at] != '\\'; // bytes beyond ASCII are negative
            at++;
        }
        to = at;
        expect('"');
    }

    private void number() {
        skipBlanks();
        from = at;
        var _ = skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            var _ = skip('-') || skip('+');
            digits();
        }
        to = at;
    }

    private void digits() {
        int begin = at;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == begin) {
            plain = false;
        }
    }

    private void word(byte[] word) {
        int end = at + word.length;
        if (end <= length && Arrays.equals(bytes, at, end, word, 0, word.length)) {
            at = end;
        } else {
            plain = false;
        }
    }

    private void expect(char wanted) {
        if (next() == wanted) {
            at++;
        } else {
            plain = false;
        }
    }

    private boolean skip(char wanted) {
        if (at < length && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Returns the next byte that is no white space, without reading it; 0 if there is none, or if the message is not plain. */
    private int next() {
        skipBlanks();
        return plain && at < length ? bytes[at] : 0;
    }

    private void skipBlanks() {
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }
}
