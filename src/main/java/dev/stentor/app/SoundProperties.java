package dev.stentor.app;

import dev.stentor.speech.reading.SoundBound;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The most sound that an engine may give for one text, under {@code gateway.sound}. None may be negative.
 *
 * @param base sound that every text may have; default 60 s
 * @param perCharacter sound that each character adds; default 1 s; zero means that the length of the text sets no bound
 * @param longest most sound of any text; default 4 h; zero means that there is no such bound
 */
record SoundProperties(
        @DefaultValue("60s") Duration base,
        @DefaultValue("1s") Duration perCharacter,
        @DefaultValue("4h") Duration longest) {

    SoundProperties {
        requireNotNegative("base", base);
        requireNotNegative("per-character", perCharacter);
        requireNotNegative("longest", longest);
    }

    SoundBound bound() {
        return new SoundBound(base, perCharacter, longest);
    }

    private static void requireNotNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("gateway.sound." + key + " must not be negative, was " + value);
        }
    }
}
