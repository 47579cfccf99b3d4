package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * What a listener's hello asks for.
 *
 * @param connection this connection's own name
 * @param client the client's id, which replaces an older connection of the same; null if it gave none
 * @param start where to begin
 * @param resume where it was before its connection broke; null if this is its first
 * @param format of the sound
 */
public record JoinRequest(
        String connection,
        @Nullable String client,
        Start start,
        @Nullable Resume resume,
        Format format) {

    /** Where a new listener begins. */
    public enum Start {
        /** With what everybody hears now. */
        LIVE,
        /** At the beginning of the utterance being spoken. */
        UTTERANCE,
        /** With the oldest entry that is still there. */
        RING
    }

    /**
     * The last entry that arrived.
     *
     * @param epoch the channel's epoch at that time
     * @param seq the entry's number, modulo 2^32
     * @param pos the position after the last sample that arrived; null if the client does not say
     */
    public record Resume(long epoch, long seq, @Nullable Long pos) {}
}
