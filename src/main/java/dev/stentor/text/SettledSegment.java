package dev.stentor.text;

/**
 * A segment of a text that is still being written. What is written later does not change it.
 *
 * @param segment with its place in the whole text
 * @param before what lies between it and the one before it; {@link Border#NONE} for the first
 */
public record SettledSegment(Segment segment, Border before) {}
