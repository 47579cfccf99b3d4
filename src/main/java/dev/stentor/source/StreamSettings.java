package dev.stentor.source;

import dev.stentor.audio.ResamplerPreset;
import java.time.Duration;

/**
 * The settings of streams.
 *
 * @param connectTimeout longest time until a connection is open
 * @param stall longest time without sound although there is demand
 * @param firstBackOff wait before a stream that broke off is fetched again; it doubles with each failure
 * @param longestBackOff longest wait
 * @param preset quality of the resampling
 */
public record StreamSettings(
        Duration connectTimeout,
        Duration stall,
        Duration firstBackOff,
        Duration longestBackOff,
        ResamplerPreset preset) {

    /** Returns the standard settings: 5 s to connect, 10 s without sound, and waits of 0.5 to 30 s. */
    public static StreamSettings standard(ResamplerPreset preset) {
        return new StreamSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(30), preset);
    }
}
