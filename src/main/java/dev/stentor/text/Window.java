package dev.stentor.text;

import org.jspecify.annotations.Nullable;

/**
 * The part of a growing text that was read and not given out. Begins with a character that is no blank; indexes are counted from there.
 * Confined to one thread.
 */
final class Window {

    private static final String WITHIN_SENTENCES = ",;:，、；：—-";

    private final StringBuilder text = new StringBuilder();
    /** Index in the whole text of the first {@code char} that is kept. */
    private int base;
    /** Index of the window's first {@code char} among those that are kept. */
    private int from;
    /** Index behind its last {@code char}. */
    private int to;

    private int fifths;
    private boolean ended;
    private @Nullable MeasuredText measured;

    void append(String piece) {
        text.append(piece);
    }

    /** Records that no text will follow: half a surrogate pair stays alone. */
    void end() {
        ended = true;
    }

    /** Tells whether a whole character is there that was not read. */
    boolean hasNext() {
        return to < text.length() && (ended || to + 1 < text.length() || !Character.isHighSurrogate(text.charAt(to)));
    }

    /** Takes one more character into the window, and returns it. */
    int next() {
        int codePoint = text.codePointAt(to);
        to += Character.charCount(codePoint);
        fifths += MeasuredText.fifths(codePoint);
        measured = null;
        return codePoint;
    }

    /** Returns its length in {@code char}s. */
    int length() {
        return to - from;
    }

    /** Returns its size in units of speaking time. */
    double units() {
        return MeasuredText.units(fifths);
    }

    /** Returns its text, measured. */
    MeasuredText measured() {
        if (measured == null) {
            measured = new MeasuredText(text.substring(from, to));
        }
        return measured;
    }

    /** Tells whether a segment may end there; does not check for numbers and addresses. */
    boolean allows(CutPoints cut, int at) {
        return cut.allows(text, from + at);
    }

    /** Tells whether a sentence may have ended before the character at that index. A hint only, but if false, none has ended. */
    boolean mayHaveEndedBefore(int at) {
        boolean apart = false;
        for (int end = from + at; end > from; ) {
            int codePoint = text.codePointBefore(end);
            if (Letters.isBlank(codePoint)) {
                apart = true;
            } else if (!Letters.isOpener(codePoint) && !Letters.isCloser(codePoint) && !Letters.isAttached(codePoint)) {
                boolean goesOn = Character.isLetterOrDigit(codePoint)
                        || WITHIN_SENTENCES.indexOf(codePoint) >= 0
                        || (codePoint == '.' && !apart);
                return !goesOn;
            }
            end -= Character.charCount(codePoint);
        }
        return false;
    }

    /** Tells whether its last character is one of a word that may go on. */
    boolean endsInWord() {
        if (text.isEmpty() || to < text.length()) {
            return to < text.length(); // half a character
        }
        int last = text.codePointBefore(to);
        return !Letters.isCjk(last) && (Character.isLetterOrDigit(last) || Letters.isAttached(last));
    }

    /** Returns its beginning up to an index, without the blanks at the end, as a segment of the whole text. */
    Segment segment(int end) {
        int last = from + end;
        while (Letters.isBlank(text.charAt(last - 1))) {
            last--;
        }
        return new Segment(text.substring(from, last), base + from, base + last);
    }

    /** Drops the beginning up to an index, and the blanks that follow it; returns how many {@code char}s that was. */
    int drop(int end) {
        int former = from;
        from += end;
        while (from < to && Letters.isBlank(text.charAt(from))) {
            from++;
        }
        fifths = text.substring(from, to).codePoints().map(MeasuredText::fifths).sum();
        measured = null;
        return from - former;
    }

    /** Forgets the text before the window. */
    void compact() {
        text.delete(0, from);
        base += from;
        to -= from;
        from = 0;
    }
}
