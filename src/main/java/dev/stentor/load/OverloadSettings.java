package dev.stentor.load;

import java.time.Duration;

/**
 * Bounds of the load past which new work is refused.
 *
 * @param lateness lateness of the clock or of an event loop; zero means that it is not looked at
 * @param memoryPercent share of the direct memory that is taken, in percent; 0 means that it is not looked at
 */
public record OverloadSettings(Duration lateness, int memoryPercent) {

    /** Checks the values. */
    public OverloadSettings {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("the lateness must not be negative, was " + lateness);
        }
        if (memoryPercent < 0 || memoryPercent > 100) {
            throw new IllegalArgumentException("the share of memory is 0 to 100 percent, was " + memoryPercent);
        }
    }
}
