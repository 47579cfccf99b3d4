package dev.stentor.channel;

import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.VoiceLevels;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a channel's mix.
 *
 * @param duck how sources are lowered while somebody speaks
 * @param targetLufs loudness to which each voice is brought, -40 to -10 LUFS; null means that loudness is not corrected
 * @param always whether speech goes through the mixer even while there is no other source
 */
public record MixSettings(DuckSettings duck, @Nullable Double targetLufs, boolean always) {

    /** Distance of a bed below the speech, in dB. */
    static final double BED_BELOW_DB = 12;

    /** The usual settings: ducking by 12 dB, voices at -19 LUFS, a mix only while there is a source. */
    public static final MixSettings DEFAULT =
            new MixSettings(DuckSettings.DEFAULT, VoiceLevels.DEFAULT_TARGET_LUFS, false);

    /** Returns a copy with another ducking. */
    MixSettings with(DuckSettings newDuck) {
        return new MixSettings(newDuck, targetLufs, always);
    }

    public MixSettings {
        if (targetLufs != null && !(targetLufs >= -40 && targetLufs <= -10)) {
            throw new IllegalArgumentException("targetLufs must be -40 to -10, was " + targetLufs);
        }
    }
}
