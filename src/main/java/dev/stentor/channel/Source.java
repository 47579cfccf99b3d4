package dev.stentor.channel;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source of sound beside the speech.
 *
 * @param input makes its input each time it begins; called on the clock's thread, must not block
 * @param settings gain, fades and ducking with which it is mixed in
 * @param start time at which it begins
 * @param loudnessLufs loudness of its sound, in LUFS; with loudness correction it is then placed {@value MixSettings#BED_BELOW_DB} dB
 *     under the speech, before its own gain. Null means that it is not corrected
 * @param origin place that it comes from; kept as long as the source is there, or has failed
 */
public record Source(
        Supplier<Input> input,
        SourceSettings settings,
        Start start,
        @Nullable Double loudnessLufs,
        SourceOrigin origin) {

    /** Most that a source's loudness is corrected, up or down. */
    private static final double MAX_TRIM_DB = 24;

    /** The time at which a source begins. */
    public sealed interface Start {

        /** The longest delay. */
        Duration LONGEST = Duration.ofHours(24);

        /** A beginning after a delay; zero means at once. */
        record After(Duration delay) implements Start {
            public After {
                if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException("delay must be 0 to 24 h, was " + delay);
                }
            }
        }

        /** A beginning before each utterance, which waits for the source's end, but no longer than 5 s. */
        record BeforeEachUtterance() implements Start {}
    }

    /** Returns a source that begins at once, and whose loudness is not corrected. */
    static Source now(Supplier<Input> input, SourceSettings settings) {
        return new Source(input, settings, new Start.After(Duration.ZERO), null, SourceOrigin.NONE);
    }

    /** Returns the gain that brings it below speech of that loudness, in dB; 0 if loudness is not corrected, or not known. */
    double trimDb(@Nullable Double speechLufs) {
        return speechLufs == null || loudnessLufs == null || loudnessLufs.isInfinite()
                ? 0
                : Math.clamp(speechLufs - MixSettings.BED_BELOW_DB - loudnessLufs, -MAX_TRIM_DB, MAX_TRIM_DB);
    }

    /** Returns a copy with other settings. */
    public Source with(SourceSettings newSettings) {
        return new Source(input, newSettings, start, loudnessLufs, origin);
    }
}
