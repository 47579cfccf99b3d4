package dev.stentor.channel;

/**
 * An order to be silent.
 *
 * @param scope how much is cleared
 * @param drainMillis how much of what was sent already may still be heard
 * @param fadeMillis how fast it then fades
 * @param reason a word for listeners and logs, such as {@code interrupt}
 */
public record ClearRequest(Scope scope, int drainMillis, int fadeMillis, String reason) {

    /** As fast as it can be without a click. */
    public static final int DEFAULT_FADE_MILLIS = 5;

    /** Longest drain and fade. */
    public static final int MAX_MILLIS = 10_000;

    /** How much is cleared. */
    public enum Scope {
        /** What is heard, and all that waits. */
        ALL,
        /** The utterance that is heard, or would be next; the others are spoken in its place. */
        CURRENT
    }

    public ClearRequest {
        if (drainMillis < 0 || drainMillis > MAX_MILLIS || fadeMillis < 0 || fadeMillis > MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "drain and fade must be 0 to " + MAX_MILLIS + " ms, were " + drainMillis + " and " + fadeMillis);
        }
    }

    /** The same with another drain. */
    ClearRequest withDrain(int newDrainMillis) {
        return new ClearRequest(scope, newDrainMillis, fadeMillis, reason);
    }

    /** The one that is heard, at once. */
    public static ClearRequest current(String reason) {
        return new ClearRequest(Scope.CURRENT, 0, DEFAULT_FADE_MILLIS, reason);
    }

    /** All of it, at once. */
    public static ClearRequest all(String reason) {
        return new ClearRequest(Scope.ALL, 0, DEFAULT_FADE_MILLIS, reason);
    }
}
