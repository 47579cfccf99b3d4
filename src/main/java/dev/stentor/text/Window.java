package dev.stentor.text;

import org.jspecify.annotations.Nullable;

/**
 * The part of a growing text that was read and not given out. Begins with a character that is no blank; places are counted from
 * there. Confined to one thread.
 */
final class Window {

    private static final String WITHIN_SENTENCES = ",;:，、；：—-";

    private final StringBuilder text = new StringBuilder();
    /** Place in the whole text of the first {@code char} that is kept. */
    private int base;
    /** The window's first {@code char} among those that are kept. */
    private int from;
    /** The one behind its last. */
    private int to;

    private int fifths;
    private boolean ended;
    private @Nullable MeasuredText measured;

    void append(String piece) {
        text.append(piece);
    }

    /** What is there is all: half a surrogate pair stays alone. */
    void end() {
        ended = true;
    }

    /** Whether a whole character is there that was not read. */
    boolean hasNext() {
        return to < text.length() && (ended || to + 1 < text.length() || !Character.isHighSurrogate(text.charAt(to)));
    }

    /** Takes one more character into the window. */
    int next() {
        int codePoint = text.codePointAt(to);
        to += Character.charCount(codePoint);
        fifths += MeasuredText.fifths(codePoint);
        measured = null;
        return codePoint;
    }

    /** In {@code char}s. */
    int length() {
        return to - from;
    }

    /** Size of it all, in units of speaking time. */
    double units() {
        return MeasuredText.units(fifths);
    }

    /** All of it. */
    MeasuredText measured() {
        if (measured == null) {
            measured = new MeasuredText(text.substring(from, to));
        }
        return measured;
    }

    /** Whether a segment may end there, numbers and addresses not looked at. */
    boolean allows(CutPoints cut, int at) {
        return cut.allows(text, from + at);
    }

    /** Whether a sentence may have ended before the character at that place. Only a hint, but there is none where this says no. */
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

    /** Whether its last character is one of a word that may go on. */
    boolean endsInWord() {
        if (text.isEmpty() || to < text.length()) {
            return to < text.length(); // half a character
        }
        int last = text.codePointBefore(to);
        return !Letters.isCjk(last) && (Character.isLetterOrDigit(last) || Letters.isAttached(last));
    }

    /** Its beginning without the blanks at its end, at its place in the whole text. */
    Segment segment(int end) {
        int last = from + end;
        while (Letters.isBlank(text.charAt(last - 1))) {
            last--;
        }
        return new Segment(text.substring(from, last), base + from, base + last);
    }

    /** Leaves out the beginning, and the blanks that follow it; says how much that was. */
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

    /** Forgets what is before the window. */
    void compact() {
        text.delete(0, from);
        base += from;
        to -= from;
        from = 0;
    }
}
