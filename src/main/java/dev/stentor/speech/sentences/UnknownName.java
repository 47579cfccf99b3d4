package dev.stentor.speech.sentences;

import dev.stentor.speech.SpeechFailure.InvalidInput;
import org.jspecify.annotations.Nullable;

/** The refusals of names that a voice of this machine does not know. */
public final class UnknownName {

    private static final int SHOWN_CHARACTERS = 64;

    private UnknownName() {}

    /** Returns the refusal of a model. */
    public static InvalidInput model(@Nullable String name) {
        return new InvalidInput("model", "There is no model \"" + shown(name) + "\". GET /v1/models lists the models.");
    }

    /** Returns the refusal of a voice. */
    public static InvalidInput voice(@Nullable String name) {
        return new InvalidInput("voice", "There is no voice \"" + shown(name) + "\". GET /v1/voices lists the voices.");
    }

    private static String shown(@Nullable String name) {
        String text = String.valueOf(name);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
