package dev.stentor.web.listen;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    /** The number up to which all whole numbers are doubles. */
    private static final long MAX_EXACT = 1L << 53;

    /** The powers of ten that are doubles, as far as they are of use here. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int length;
    private int at;
    private int from;
    private int to;
    private boolean first;
    private boolean plain;

    /** Creates a scanner of messages up to so many bytes, a multiple of four. */
    FlatJsonScanner(int maxBytes) {
        bytes = new byte[maxBytes];
    }

    /** Begins with another message, which must be an object; the buffer's indices do not move. */
    void begin(ByteBuf message) {
        begin(message, message.readerIndex(), message.readableBytes(), 0);
    }

    /**
     * Begins with another message, which is a part of a buffer.
     *
     * @param index of its first byte
     * @param mask by which its bytes are masked, four by four (RFC 6455, section 5.3)
     */
    void begin(ByteBuf buffer, int index, int count, int mask) {
        plain = count <= bytes.length;
        if (plain) {
            length = count;
            buffer.getBytes(index, bytes, 0, count);
            for (int i = 0; i < count; i += Integer.BYTES) {
                INTS.set(bytes, i, (int) INTS.get(bytes, i) ^ mask);
            }
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

    /** Returns the bytes that are scanned; the latest name, string or number is between {@link #from} and {@link #to}. Only to be read. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the index of the first byte of the latest name, string or number. */
    int from() {
        return from;
    }

    /** Returns the index behind its last byte. */
    int to() {
        return to;
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

    /**
     * Reads a member's value, a number without an exponent and of so few digits that their whole number is a double: then the quotient by
     * a power of ten is the double that is nearest to it, as from any parser. {@link #from} and {@link #to} tell how it was written.
     */
    double numberValue() {
        expect(':');
        number();
        long digits = 0;
        int fraction = 0;
        boolean inFraction = false;
        for (int i = from; plain && i < to; i++) {
            if (bytes[i] == '.') {
                inFraction = true;
            } else if (bytes[i] != '-') {
                plain = digits < MAX_EXACT / RADIX && bytes[i] >= '0' && bytes[i] <= '9';
                digits = RADIX * digits + bytes[i] - '0';
                fraction += inFraction ? 1 : 0;
            }
        }
        plain &= fraction < POWERS.length && (digits != 0 || bytes[from] != '-'); // parsers differ about -0
        double value = plain ? digits / POWERS[fraction] : 0;
        return plain && bytes[from] == '-' ? -value : value;
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
