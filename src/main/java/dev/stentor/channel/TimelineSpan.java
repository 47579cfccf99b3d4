package dev.stentor.channel;

/**
 * A part of an utterance that lies on the channel's timeline in one piece. In a mix an utterance may have several, since other sound
 * can go on where speech breaks off.
 *
 * @param pos position of its first sample
 * @param samples number of its samples
 */
public record TimelineSpan(long pos, long samples) {

    /** Returns the position behind its last sample. */
    public long end() {
        return pos + samples;
    }

    /** Returns a span with so many more samples at its end. */
    TimelineSpan extended(long more) {
        return new TimelineSpan(pos, samples + more);
    }
}
