package dev.stentor.channel;

import org.jspecify.annotations.Nullable;

/** The text of an utterance, to which more may be added. Confined to the clock's thread. */
final class GrowingText {

    private final StringBuilder text;
    /** The whole text; null after something was added, until it is asked for again. */
    private @Nullable String whole;

    GrowingText(String beginning) {
        this.text = new StringBuilder(beginning);
        this.whole = beginning;
    }

    void add(String more) {
        if (!more.isEmpty()) {
            text.append(more);
            whole = null;
        }
    }

    /** Returns the number of {@code char}s. */
    int length() {
        return text.length();
    }

    /** Returns the {@code char}s from one place to another. */
    String part(int from, int to) {
        return text.substring(from, to);
    }

    /** Tells whether exactly that part stands from one place to another. */
    boolean has(int from, int to, String part) {
        return to - from == part.length() && part.contentEquals(text.subSequence(from, to));
    }

    /** Returns the whole text as it is now. It must never be logged. */
    String whole() {
        if (whole == null) {
            whole = text.toString();
        }
        return whole;
    }
}
