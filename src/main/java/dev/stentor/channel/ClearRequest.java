package dev.stentor.channel;

/**
 * A request to make a channel silent.
 *
 * @param scope the utterances that are cleared
 * @param drainMillis how much of the released sound may still be heard, in ms
 * @param fadeMillis how long it then fades, in ms
 * @param reason a word for listeners and logs, such as {@code interrupt}
 */
public record ClearRequest(Scope scope, int drainMillis, int fadeMillis, String reason) {

    /** The shortest fade that does not click, in ms. */
    public static final int DEFAULT_FADE_MILLIS = 5;

    /** The longest drain and the longest fade, in ms. */
    public static final int MAX_MILLIS = 10_000;

    /** The utterances that are cleared. */
    public enum Scope {
        /** The one that is heard, and all that wait. */
        ALL,
        /** The one that is heard, or would be next; the others are spoken in its place. */
        CURRENT
    }

    public ClearRequest {
        if (drainMillis < 0 || drainMillis > MAX_MILLIS || fadeMillis < 0 || fadeMillis > MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "drain and fade must be 0 to " + MAX_MILLIS + " ms, were " + drainMillis + " and " + fadeMillis);
        }
    }

    /** Returns a copy with another drain. */
    ClearRequest withDrain(int newDrainMillis) {
        return new ClearRequest(scope, newDrainMillis, fadeMillis, reason);
    }

    /** Returns a request to clear the current utterance at once. */
    static ClearRequest current(String reason) {
        return new ClearRequest(Scope.CURRENT, 0, DEFAULT_FADE_MILLIS, reason);
    }

    /** Returns a request to clear all utterances at once. */
    public static ClearRequest all(String reason) {
        return new ClearRequest(Scope.ALL, 0, DEFAULT_FADE_MILLIS, reason);
    }
}
