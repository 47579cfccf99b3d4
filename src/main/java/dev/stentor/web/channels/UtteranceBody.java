package dev.stentor.web.channels;

import dev.stentor.channel.Order;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.Problem;
import java.time.Duration;
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
        @Nullable Boolean optimizeInstructions,
        @Nullable String mode,
        @Nullable Long expiresMs) {

    private static final Duration LONGEST_EXPIRY = Duration.ofDays(1);
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_INSTRUCTIONS_CHARACTERS = 10_000;

    /** What is to be spoken; throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong. */
    Order toOrder(int maxTextCharacters, @Nullable String key) {
        return new Order(toRequest(maxTextCharacters), toMode(), expiry(), key);
    }

    private Order.Mode toMode() {
        return switch (mode) {
            case null -> Order.Mode.ENQUEUE;
            case "enqueue" -> Order.Mode.ENQUEUE;
            case "next" -> Order.Mode.NEXT;
            case "interrupt" -> Order.Mode.INTERRUPT;
            default ->
                throw Problem.invalid("mode", "The mode is enqueue, next or interrupt.")
                        .exception();
        };
    }

    private @Nullable Duration expiry() {
        if (expiresMs == null) {
            return null;
        }
        if (expiresMs < 1 || expiresMs > LONGEST_EXPIRY.toMillis()) {
            throw Problem.invalid("expires_ms", "The value is 1 to " + LONGEST_EXPIRY.toMillis() + ".")
                    .exception();
        }
        return Duration.ofMillis(expiresMs);
    }

    private SpeechRequest toRequest(int maxTextCharacters) {
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
