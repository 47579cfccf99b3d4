package dev.stentor.web.catalogue;

import dev.stentor.speech.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the engine that speaks.
 *
 * @param speakers what speaks, in order of preference
 * @param languages languages that it speaks for sure; empty if not known
 * @param loading whether a better voice is being loaded, so that all this may change soon
 * @param notice why a better voice does not speak, as a sentence for the operator; null if none was meant to
 */
public record EngineFacts(
        List<Speaker> speakers,
        List<Language> languages,
        boolean loading,
        @Nullable String notice) {

    /** One thing that speaks. */
    public enum Speaker {
        /** The natural voice of this machine; it stands in for the voices and models of the cloud. */
        NATURAL,
        /** The voice inside the gateway; it stands in for the voices and models of the cloud. */
        EMBEDDED,
        /** A local program. */
        PROGRAM,
        /** The Qwen-TTS service. */
        QWEN_TTS,
        /** A server with OpenAI's speech API. */
        OPENAI
    }

    /** Creates facts that do not change. */
    public EngineFacts(List<Speaker> speakers, List<Language> languages) {
        this(speakers, languages, false, null);
    }

    public EngineFacts {
        speakers = List.copyOf(speakers);
        languages = List.copyOf(languages);
    }
}
