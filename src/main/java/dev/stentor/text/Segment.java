package dev.stentor.text;

import java.util.Objects;

/**
 * A part of a text that is spoken in one go.
 *
 * @param text the characters from {@code from} to {@code to}, without blanks at its ends, never empty
 * @param from index of its first {@code char} in the whole text
 * @param to index behind its last {@code char}
 */
public record Segment(String text, int from, int to) {

    public Segment {
        Objects.requireNonNull(text, "text");
        if (from < 0 || to - from != text.length() || text.isEmpty()) {
            throw new IllegalArgumentException(
                    "from " + from + " to " + to + " is not " + text.length() + " characters");
        }
    }

    /** Returns its size in units of speaking time, see {@link SegmentLimits}. */
    public double units() {
        return new MeasuredText(text).units(0, text.length());
    }
}
