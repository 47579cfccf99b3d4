package dev.stentor.speech;

import dev.stentor.usage.Charge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text to speak, and how to speak it. The names are those of the Qwen-TTS service.
 *
 * @param text plain text
 * @param model null means the engine's default
 * @param voice null means the engine's default
 * @param languageType null means that the engine finds out ("Auto")
 * @param instructions how to speak, in words; null means none
 * @param optimizeInstructions whether the service may rewrite the instructions; null means its default
 * @param speed how many times faster than the voice's own speed, {@link #SLOWEST} to {@link #FASTEST}; 1 is that speed
 * @param fresh whether it must be synthesised anew: kept sound of an equal request is not played, and this sound is not kept for
 *     others
 * @param charge what the characters are charged to
 */
public record SpeechRequest(
        String text,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String languageType,
        @Nullable String instructions,
        @Nullable Boolean optimizeInstructions,
        double speed,
        boolean fresh,
        Charge charge) {

    /** The slowest speed. */
    static final double SLOWEST = 0.25;

    /** The fastest speed. */
    public static final double FASTEST = 4;

    public SpeechRequest {
        if (!(speed >= SLOWEST && speed <= FASTEST)) {
            throw new IllegalArgumentException("speed must be 0.25 to 4, was " + speed);
        }
    }

    /** Creates a request at speed 1, for which kept sound may be played, and that nobody is charged for. */
    public SpeechRequest(
            String text,
            @Nullable String model,
            @Nullable String voice,
            @Nullable String languageType,
            @Nullable String instructions,
            @Nullable Boolean optimizeInstructions) {
        this(text, model, voice, languageType, instructions, optimizeInstructions, 1, false, Charge.NONE);
    }

    /** Creates a request with every default. */
    public static SpeechRequest of(String text) {
        return new SpeechRequest(text, null, null, null, null, null);
    }

    /** Returns the same request in another voice. */
    public SpeechRequest withVoice(@Nullable String newVoice) {
        return new SpeechRequest(
                text, model, newVoice, languageType, instructions, optimizeInstructions, speed, fresh, charge);
    }

    /** Returns the same request to another model. */
    public SpeechRequest withModel(@Nullable String newModel) {
        return new SpeechRequest(
                text, newModel, voice, languageType, instructions, optimizeInstructions, speed, fresh, charge);
    }

    /** Returns the same request for another text, such as a part of this one's. */
    public SpeechRequest withText(String newText) {
        return new SpeechRequest(
                newText, model, voice, languageType, instructions, optimizeInstructions, speed, fresh, charge);
    }

    /** Returns the same request at another speed, {@link #SLOWEST} to {@link #FASTEST}. */
    public SpeechRequest atSpeed(double newSpeed) {
        return new SpeechRequest(
                text, model, voice, languageType, instructions, optimizeInstructions, newSpeed, fresh, charge);
    }

    /** Says why there is no such speed; empty if there is. */
    public static Optional<SpeechFailure.InvalidInput> objectionToSpeed(double speed) {
        return speed >= SLOWEST && speed <= FASTEST
                ? Optional.empty()
                : Optional.of(new SpeechFailure.InvalidInput("speed", "The speed is 0.25 to 4."));
    }

    /** Returns the same request, to be synthesised anew. */
    public SpeechRequest anew() {
        return new SpeechRequest(
                text, model, voice, languageType, instructions, optimizeInstructions, speed, true, charge);
    }

    /** Returns the same request, charged to this. */
    public SpeechRequest chargedTo(Charge newCharge) {
        return new SpeechRequest(
                text, model, voice, languageType, instructions, optimizeInstructions, speed, fresh, newCharge);
    }

    /** Shows which fields are set, never the text: this may reach a log. */
    @Override
    public String toString() {
        return "SpeechRequest[" + text.length() + " characters, model=" + model + ", voice=" + voice + ", languageType="
                + languageType + "]";
    }
}
