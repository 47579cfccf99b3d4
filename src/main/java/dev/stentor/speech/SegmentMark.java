package dev.stentor.speech;

/**
 * The place in the sound at which a part of the text begins.
 *
 * @param index number of this segment, from 0
 * @param count number of all segments of the text
 * @param from index of its first {@code char} in the text
 * @param to index behind its last {@code char}
 * @param firstSample position of its first sample in the sound, at 24 kHz; exact
 */
public record SegmentMark(int index, int count, int from, int to, long firstSample) {

    /** Returns the same mark at another place of the sound. */
    public SegmentMark at(long sample) {
        return new SegmentMark(index, count, from, to, sample);
    }

    /** Returns the same mark for a sound without so many samples of its beginning. */
    public SegmentMark earlierBy(long samples) {
        return new SegmentMark(index, count, from, to, firstSample - samples);
    }
}
