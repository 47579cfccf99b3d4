package dev.stentor.app;

import dev.stentor.load.OverloadSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the load past which new work is refused, under {@code gateway.overload}.
 *
 * @param lateness how late the clock's thread or an event loop may be, less than a listener's lead; default 80 ms; zero means that it
 *     is not looked at
 * @param memoryPercent how much of the direct memory may be taken, in percent; default 85; 0 means that it is not looked at
 */
record OverloadProperties(
        @DefaultValue("80ms") Duration lateness,
        @DefaultValue("85") int memoryPercent) {

    OverloadProperties {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("gateway.overload.lateness must not be negative, was " + lateness);
        }
        if (memoryPercent < 0 || memoryPercent > 100) {
            throw new IllegalArgumentException(
                    "gateway.overload.memory-percent must be 0 to 100, was " + memoryPercent);
        }
    }

    OverloadSettings settings() {
        return new OverloadSettings(lateness, memoryPercent);
    }
}
