package dev.stentor.source;

import dev.stentor.audio.ResamplerPreset;
import java.time.Duration;

/**
 * How streams are fetched.
 *
 * @param connectTimeout until a connection must stand
 * @param stall how long nothing may come although it was asked for
 * @param firstBackOff before a stream that broke off is fetched again; twice as long each time
 * @param longestBackOff at most
 * @param preset how well it is resampled
 */
public record StreamSettings(
        Duration connectTimeout,
        Duration stall,
        Duration firstBackOff,
        Duration longestBackOff,
        ResamplerPreset preset) {

    /** 5 s, 10 s, and 0.5 to 30 s. */
    public static StreamSettings standard(ResamplerPreset preset) {
        return new StreamSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(30), preset);
    }
}
