package dev.stentor.channel;

import java.time.Duration;

/**
 * How a channel speaks, and how much it takes on.
 *
 * @param lead how far ahead of real time frames are released; at least one frame
 * @param prefetch how much audio is held before demand on the engine stops; it starts again at three quarters
 * @param maxUtterances how many may wait or play at once
 * @param patience how long the engine may give no sign of life while audio is asked for; then the utterance fails
 */
public record ChannelSettings(Duration lead, Duration prefetch, int maxUtterances, Duration patience) {

    public ChannelSettings {
        if (lead.compareTo(Duration.ofMillis(20)) < 0 || lead.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("lead must be 20 ms to 10 s, was " + lead);
        }
        if (prefetch.compareTo(lead) < 0) {
            throw new IllegalArgumentException("prefetch must not be shorter than the lead, was " + prefetch);
        }
        if (maxUtterances <= 0) {
            throw new IllegalArgumentException("maxUtterances must be positive, was " + maxUtterances);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be positive, was " + patience);
        }
    }

    /** Starts at once, leads by 100 ms, holds a minute. */
    public static ChannelSettings conversation() {
        return new ChannelSettings(Duration.ofMillis(100), Duration.ofSeconds(60), 100, Duration.ofSeconds(60));
    }
}
