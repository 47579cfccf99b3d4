package dev.stentor.speech.upstream;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pauses before new attempts: each is twice as long as the last, and half of it is random, so that attempts spread out.
 *
 * @param first longest pause before the second attempt
 * @param most longest pause before any attempt
 * @param random gives numbers from 0 to 1 for the random half; called from any thread
 */
record BackOff(Duration first, Duration most, DoubleSupplier random) {

    private static final int MOST_DOUBLINGS = 20;

    /** Creates pauses of a quarter of a second, doubling up to 5 s. */
    static BackOff standard(DoubleSupplier random) {
        return new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5), random);
    }

    /** Returns the pause after so many attempts; the first is 1. */
    Duration after(int attempts) {
        long doubled = first.toNanos() << Math.min(attempts - 1, MOST_DOUBLINGS);
        return Duration.ofNanos((long) (Math.min(doubled, most.toNanos()) * (0.5 + random.getAsDouble() / 2)));
    }
}
