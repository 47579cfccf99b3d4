package dev.stentor.speech.neural;

import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import org.jspecify.annotations.Nullable;

/**
 * A voice of the model.
 *
 * @param name name by which it can be requested, and that of its file
 * @param sex sex that it sounds like; null if that is not known
 * @param accent what it speaks
 * @param other voice that takes its place for text in the other language
 * @param note a few words about it
 */
record NeuralVoice(String name, Voice.@Nullable Sex sex, Accent accent, String other, String note) {

    /** A language, and how it is pronounced. */
    enum Accent {
        AMERICAN("en-us", Language.ENGLISH),
        BRITISH("en-gb", Language.ENGLISH),
        MANDARIN("zh", Language.CHINESE);

        private final String code;
        private final Language language;

        Accent(String code, Language language) {
            this.code = code;
            this.language = language;
        }

        static Accent of(String code) {
            for (Accent accent : values()) {
                if (accent.code.equals(code)) {
                    return accent;
                }
            }
            throw new IllegalStateException("There is no accent " + code);
        }

        Language language() {
            return language;
        }
    }
}
