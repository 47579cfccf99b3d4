package dev.stentor.web.channels;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/channels/{channel}/utterances}. Null means that a field was not given; only {@code text} must be.
 */
record UtteranceBody(
        @Nullable String text,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String languageType,
        @Nullable String instructions,
        @Nullable Boolean optimizeInstructions) {

    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_INSTRUCTIONS_CHARACTERS = 10_000;

    /** What is to be spoken; throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong. */
    SpeechRequest toRequest(int maxTextCharacters) {
        if (text == null || text.isBlank()) {
            throw Problem.invalid("text", "There is no text to speak.").exception();
        }
        limit("text", text, maxTextCharacters);
        limit("model", model, MAX_NAME_CHARACTERS);
        limit("voice", voice, MAX_NAME_CHARACTERS);
        limit("language_type", languageType, MAX_NAME_CHARACTERS);
        limit("instructions", instructions, MAX_INSTRUCTIONS_CHARACTERS);
        return new SpeechRequest(text, model, voice, languageType, instructions, optimizeInstructions);
    }

    private static void limit(String field, @Nullable String value, int maxCharacters) {
        if (value != null && value.length() > maxCharacters) {
            throw Problem.invalid(
                            field,
                            "The value has " + value.length() + " characters; at most " + maxCharacters + " are taken.")
                    .withCode("TooLong")
                    .exception();
        }
    }
}
