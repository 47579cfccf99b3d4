package dev.stentor.channel;

/**
 * A part of an utterance that lies on the timeline in one piece: in a mix other sound may go on where speech breaks off.
 *
 * @param pos its first sample
 * @param samples how many
 */
public record TimelineSpan(long pos, long samples) {

    /** The position behind its last sample. */
    public long end() {
        return pos + samples;
    }
}
