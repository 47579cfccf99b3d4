package dev.stentor.source;

import dev.stentor.audio.ResamplerPreset;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link SoundLibrary}.
 *
 * @param directory the operator's folder, which is only read; null if there is none
 * @param uploads folder of uploaded sounds; made with the first one
 * @param maxBytes largest size of one file
 * @param maxLength longest duration of one sound
 * @param maxUploads largest number of uploaded sounds
 * @param memory duration of the sound that is kept in memory; 96 kB a second
 * @param preset quality of the resampling
 */
public record SoundSettings(
        @Nullable Path directory,
        Path uploads,
        long maxBytes,
        Duration maxLength,
        int maxUploads,
        Duration memory,
        ResamplerPreset preset) {}
