package dev.stentor.text;

/**
 * A part of a text, with the blanks at its ends.
 *
 * @param from index of its first {@code char}
 * @param to index behind its last
 */
record Span(int from, int to) {

    /** Returns the span from this one's start to the other's end. */
    Span through(Span later) {
        return new Span(from, later.to);
    }
}
