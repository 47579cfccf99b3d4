package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * What a player tells about itself.
 *
 * @param pos the sample that leaves its output
 * @param generation of that sample
 * @param bufferMillis of sound waiting in it
 * @param underruns how often it ran dry
 * @param state what it does, in its own word
 * @param cut where the latest clear silenced it; null if this report does not say
 */
public record ListenerReport(
        long pos,
        int generation,
        long bufferMillis,
        long underruns,
        String state,
        @Nullable Cut cut) {

    /** Whether its output does not run: until its user lets it, nothing is heard. */
    public boolean isLocked() {
        return state.equals("locked");
    }

    /** Whether sound leaves it, one second in a second. */
    boolean isPlaying() {
        return state.equals("playing");
    }

    /**
     * The end of an older generation.
     *
     * @param generation that was silenced
     * @param pos the first sample that was not heard
     */
    public record Cut(int generation, long pos) {}
}
