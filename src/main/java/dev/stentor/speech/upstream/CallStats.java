package dev.stentor.speech.upstream;

import java.time.Duration;

/** A receiver of the times of calls to services. Called on threads of the engines; must not block. */
public interface CallStats {

    /** Counts nothing. */
    CallStats NONE = new CallStats() {};

    /**
     * Takes note of the first sound of a call.
     *
     * @param upstream name of the service in the configuration
     * @param after time from the call to its first sound
     */
    default void began(String upstream, Duration after) {}

    /**
     * Takes note of a call that gave all its sound.
     *
     * @param upstream name of the service in the configuration
     * @param bytes sound that it gave
     * @param waited time that was spent waiting for sound that was wanted; what the listener's side took is not in it
     */
    default void ended(String upstream, long bytes, Duration waited) {}
}
