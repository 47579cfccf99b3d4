package dev.stentor.web.edge;

import dev.stentor.speech.SpeechRequest;
import org.jspecify.annotations.Nullable;

/** The fields of a speech request, as the gateway's own APIs read them. */
public final class SpokenFields {

    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_INSTRUCTIONS_CHARACTERS = 10_000;

    private SpokenFields() {}

    /**
     * Creates a speech request. Throws a {@link ProblemException} that names the field if one is too long or out of range.
     *
     * @param text text to speak; all other fields may be null, which means that they were not given
     * @param maxTextCharacters longest text, in UTF-16 units
     */
    public static SpeechRequest request(
            String text,
            int maxTextCharacters,
            @Nullable String model,
            @Nullable String voice,
            @Nullable String languageType,
            @Nullable String instructions,
            @Nullable Boolean optimizeInstructions,
            @Nullable Double speed) {
        limit("text", text, maxTextCharacters);
        limit("model", model, MAX_NAME_CHARACTERS);
        limit("voice", voice, MAX_NAME_CHARACTERS);
        limit("language_type", languageType, MAX_NAME_CHARACTERS);
        limit("instructions", instructions, MAX_INSTRUCTIONS_CHARACTERS);
        var request = new SpeechRequest(text, model, voice, languageType, instructions, optimizeInstructions);
        return speed == null ? request : request.atSpeed(checked(speed));
    }

    private static double checked(double speed) {
        SpeechRequest.objectionToSpeed(speed).ifPresent(wrong -> {
            throw Problem.invalid(wrong.field(), wrong.message()).exception();
        });
        return speed;
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
