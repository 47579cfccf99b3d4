package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * The wishes of a listener's hello.
 *
 * @param connection the connection's own name
 * @param client the client's id, which replaces an older connection of the same; null if it gave none
 * @param start the place to begin
 * @param resume its place before its connection broke; null if this is its first connection
 * @param format of the sound
 * @param sync whether its player plays in step with others
 */
public record JoinRequest(
        String connection,
        @Nullable String client,
        Start start,
        @Nullable Resume resume,
        Format format,
        boolean sync) {

    /** The place where a new listener begins. */
    public enum Start {
        /** With what everybody hears now. */
        LIVE,
        /** At the beginning of the utterance being spoken. */
        UTTERANCE,
        /** With the oldest entry that is still there. */
        RING
    }

    /**
     * The last entry that arrived on an earlier connection.
     *
     * @param epoch the channel's epoch at that time
     * @param seq the entry's number, modulo 2^32
     * @param pos the position after the last sample that arrived; null if the client does not say
     */
    public record Resume(long epoch, long seq, @Nullable Long pos) {}
}
