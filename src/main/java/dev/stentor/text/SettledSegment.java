package dev.stentor.text;

/**
 * A segment of a text that is still being written. Text that is written later does not change it.
 *
 * @param segment the segment, with its place in the whole text
 * @param before the border between it and the one before it; {@link Border#NONE} for the first
 */
public record SettledSegment(Segment segment, Border before) {}
