package dev.stentor.speech;

/**
 * Tells where in the sound a part of the text begins.
 *
 * @param index of this segment, from 0
 * @param count of all segments of the text
 * @param from its first {@code char} in the text
 * @param to the {@code char} behind its last
 * @param firstSample its first sample in the sound, at 24 kHz; exact
 */
public record SegmentMark(int index, int count, int from, int to, long firstSample) {

    /** The same where so many samples of the beginning are left out. */
    public SegmentMark earlierBy(long samples) {
        return new SegmentMark(index, count, from, to, firstSample - samples);
    }
}
