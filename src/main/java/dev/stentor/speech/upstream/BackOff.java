package dev.stentor.speech.upstream;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a new attempt: twice as long each time, and never all at the same moment.
 *
 * @param first before the second attempt, at most
 * @param most before any
 * @param random from 0 to 1: half of the wait is left to chance. Called from any thread
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
