package dev.stentor.web.catalogue;

import dev.stentor.speech.Language;
import java.util.List;

/**
 * What is known of the engine that speaks.
 *
 * @param speakers what speaks, in order of preference
 * @param languages languages that it speaks for sure; empty if not known
 */
public record EngineFacts(List<Speaker> speakers, List<Language> languages) {

    /** One thing that speaks. */
    public enum Speaker {
        /** The voice inside the gateway; it stands in for the voices and models of the cloud. */
        EMBEDDED,
        /** A local program. */
        PROGRAM,
        /** The Qwen-TTS service. */
        QWEN_TTS,
        /** A server with OpenAI's speech API. */
        OPENAI
    }

    public EngineFacts {
        speakers = List.copyOf(speakers);
        languages = List.copyOf(languages);
    }
}
