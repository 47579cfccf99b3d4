package dev.stentor.channel;

import dev.stentor.mix.Input;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that sounds beside the speech.
 *
 * @param input makes its input each time it begins; called on the clock's thread, must not block
 * @param settings how it is mixed in
 * @param start when it begins
 * @param loudnessLufs how loud it is as it comes; with loudness correction it is then placed {@value MixSettings#BED_BELOW_DB} dB under
 *     the speech, before its own gain. Null leaves it as it comes
 * @param origin where it comes from; kept as long as the source is there, or has failed
 */
public record Source(
        Supplier<Input> input,
        SourceSettings settings,
        Start start,
        @Nullable Double loudnessLufs,
        SourceOrigin origin) {

    /** When a source begins. */
    public sealed interface Start {

        /** Longest wait. */
        Duration LONGEST = Duration.ofHours(24);

        /** After so long; zero is at once. */
        record After(Duration delay) implements Start {
            public After {
                if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException("delay must be 0 to 24 h, was " + delay);
                }
            }
        }

        /** Before each utterance, which waits for its end, but no longer than 5 s. */
        record BeforeEachUtterance() implements Start {}
    }

    /** A source that begins at once, as loud as it comes. */
    public static Source now(Supplier<Input> input, SourceSettings settings) {
        return new Source(input, settings, new Start.After(Duration.ZERO), null, SourceOrigin.NONE);
    }

    /** Returns the same source with other settings. */
    public Source with(SourceSettings newSettings) {
        return new Source(input, newSettings, start, loudnessLufs, origin);
    }
}
