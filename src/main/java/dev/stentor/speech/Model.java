package dev.stentor.speech;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A speech model by the name under which it is asked for.
 *
 * @param name what a request calls it
 * @param family what kind of model it is
 * @param standsFor the dated snapshot behind a name that moves; null if the name is a snapshot itself
 * @param regions identifiers of the regions that offer it, such as {@code ap-southeast-1}
 */
public record Model(String name, Family family, @Nullable String standsFor, Set<String> regions) {

    /** Models of one family take the same parameters. */
    public enum Family {
        /** Built-in voices, ten languages. */
        FLASH,
        /** The same, and follows instructions on how to speak. */
        INSTRUCT,
        /** Speaks only in voices that were designed by a description. */
        VOICE_DESIGN,
        /** Speaks only in voices that were cloned from a recording. */
        VOICE_CLONING,
        /** The first generation: Chinese and English. */
        QWEN_TTS,
        /** None of the service's: speaks inside the gateway. */
        EMBEDDED
    }

    public Model {
        regions = Set.copyOf(regions);
    }
}
