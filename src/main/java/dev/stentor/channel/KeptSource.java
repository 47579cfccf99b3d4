package dev.stentor.channel;

import dev.stentor.mix.SourceSettings;
import org.jspecify.annotations.Nullable;

/**
 * A source as it is kept for another process that goes on with the channel.
 *
 * @param recipe text by which it can be made again; null if it cannot, or waits for its time
 * @param beganPos position at which its first sample lay, or would have lain; null if it has not begun
 */
public record KeptSource(
        String name,
        @Nullable String recipe,
        SourceSettings settings,
        @Nullable Long beganPos) {}
