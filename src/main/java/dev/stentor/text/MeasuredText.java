package dev.stentor.text;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with the speaking time of each part of it, and the places at which it must not be cut. Immutable. */
final class MeasuredText {

    private static final int CJK = 5;
    private static final int OTHER = 2;

    /** Finds numbers with their points, times, dates and addresses. Each alternative reads a character at most twice. */
    private static final Pattern WHOLE =
            Pattern.compile("\\d[\\d.,:/，：]*\\d|(?:https?://|ftp://|www\\.)[\\x21-\\x7e]+", Pattern.CASE_INSENSITIVE);

    private final String text;
    /** Fifths of a unit before each index, so that the size of any part is one subtraction. */
    private final int[] fifths;

    private final BitSet inside = new BitSet();

    MeasuredText(String text) {
        this.text = text;
        this.fifths = new int[text.length() + 1];
        int sum = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            for (int end = i + Character.charCount(codePoint); i < end; i++) {
                fifths[i] = sum;
            }
            sum += fifths(codePoint);
        }
        fifths[text.length()] = sum;
        Matcher whole = WHOLE.matcher(text);
        while (whole.find()) {
            inside.set(whole.start() + 1, whole.end());
        }
    }

    /** Returns how many fifths of a unit a character takes. */
    static int fifths(int codePoint) {
        return Letters.isCjk(codePoint) ? CJK : OTHER;
    }

    /** Converts fifths of a unit to units. */
    static double units(int fifths) {
        return fifths / (double) CJK;
    }

    String text() {
        return text;
    }

    /** Returns the size of a part in units of speaking time. */
    double units(int from, int to) {
        return units(fifths[to] - fifths[from]);
    }

    double units(Span span) {
        return units(span.from(), span.to());
    }

    /** Tells whether a cut before the character there leaves numbers, addresses and accented characters whole. */
    boolean mayBeCutAt(int at) {
        return !inside.get(at)
                && !Character.isLowSurrogate(text.charAt(at))
                && !Letters.isAttached(text.codePointAt(at));
    }
}
