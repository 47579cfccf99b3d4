package dev.stentor.channel;

import org.jspecify.annotations.Nullable;

/** The text of an utterance, to which more may be added. Confined to the clock's thread. */
final class GrowingText {

    private final StringBuilder text;
    /** The whole, as long as nothing was added since; null means that it is not known. */
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

    int length() {
        return text.length();
    }

    /** The {@code char}s between two places. */
    String part(int from, int to) {
        return text.substring(from, to);
    }

    /** Whether exactly that stands between two places. */
    boolean has(int from, int to, String part) {
        return to - from == part.length() && part.contentEquals(text.subSequence(from, to));
    }

    /** All of it by now. Never in a log. */
    String whole() {
        if (whole == null) {
            whole = text.toString();
        }
        return whole;
    }
}
