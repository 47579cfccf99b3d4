package dev.stentor.text;

/**
 * Part of a text, blanks at its ends included.
 *
 * @param from offset of its first {@code char}
 * @param to offset behind its last
 */
record Span(int from, int to) {

    /** From this one's start to the other's end. */
    Span through(Span later) {
        return new Span(from, later.to);
    }
}
