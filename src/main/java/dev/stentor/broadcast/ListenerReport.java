package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * A report of a player about itself.
 *
 * @param pos the sample that leaves its output now
 * @param generation of that sample
 * @param bufferMillis the sound that waits in it
 * @param underruns the number of times that it ran dry
 * @param state its own word for what it does
 * @param syncErrorMillis how much later than due it plays a sample, if it plays in step with others; null if it does not, or cannot know
 * @param cut the place where the latest clear silenced it; null if this report does not tell
 */
public record ListenerReport(
        long pos,
        int generation,
        long bufferMillis,
        long underruns,
        String state,
        @Nullable Double syncErrorMillis,
        @Nullable Cut cut) {

    /** Tells whether its output does not run: nothing is heard until its user lets it run. */
    boolean isLocked() {
        return state.equals("locked");
    }

    /** Tells whether sound leaves it at its normal pace. */
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
