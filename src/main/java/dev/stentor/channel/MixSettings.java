package dev.stentor.channel;

import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.VoiceLevels;
import org.jspecify.annotations.Nullable;

/**
 * How a channel mixes.
 *
 * @param duck how sources make way for speech
 * @param targetLufs how loud each voice is brought to be, -40 to -10; null leaves voices and beds as they come
 * @param always whether speech goes through the stage even while no other source is there
 */
public record MixSettings(DuckSettings duck, @Nullable Double targetLufs, boolean always) {

    /** How far under the speech a bed is placed, in dB. */
    public static final double BED_BELOW_DB = 12;

    /** Ducks by 12 dB, brings voices to -19 LUFS, mixes when there is something to mix. */
    public static final MixSettings DEFAULT =
            new MixSettings(DuckSettings.DEFAULT, VoiceLevels.DEFAULT_TARGET_LUFS, false);

    /** Returns the same settings with another ducking. */
    MixSettings with(DuckSettings newDuck) {
        return new MixSettings(newDuck, targetLufs, always);
    }

    public MixSettings {
        if (targetLufs != null && !(targetLufs >= -40 && targetLufs <= -10)) {
            throw new IllegalArgumentException("targetLufs must be -40 to -10, was " + targetLufs);
        }
    }
}
