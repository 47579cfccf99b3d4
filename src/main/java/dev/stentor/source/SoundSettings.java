package dev.stentor.source;

import dev.stentor.audio.ResamplerPreset;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where sounds are kept, and how many.
 *
 * @param directory the operator's own, only read; null if there is none
 * @param uploads where uploaded ones are kept; made when the first comes
 * @param maxBytes of one file
 * @param maxLength of one sound
 * @param maxUploads how many uploaded ones there may be
 * @param memory how much sound is held, ready to be played; 96 kB a second
 * @param preset how well it is resampled
 */
public record SoundSettings(
        @Nullable Path directory,
        Path uploads,
        long maxBytes,
        Duration maxLength,
        int maxUploads,
        Duration memory,
        ResamplerPreset preset) {}
