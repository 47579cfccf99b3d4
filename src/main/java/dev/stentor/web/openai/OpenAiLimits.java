package dev.stentor.web.openai;

import java.time.Duration;

/**
 * The size and time limits of a request to the OpenAI-compatible API.
 *
 * @param textCharacters longest text, in Unicode characters; the limit of OpenAI's own API is 4,096
 * @param bodyBytes largest request body, in bytes
 * @param stall longest time that a client may leave a piece of sound unread before its connection is closed
 * @param heldBytes most bytes of sound that are held until the length of an answer is known; 0 holds none
 * @param heldTime longest time for which the first sound is held for that
 */
public record OpenAiLimits(int textCharacters, int bodyBytes, Duration stall, int heldBytes, Duration heldTime) {

    /** The default limits: 20,000 characters, 2 MB, 5 min, 1 MB, 20 ms. */
    public static final OpenAiLimits DEFAULT =
            new OpenAiLimits(20_000, 2_097_152, Duration.ofMinutes(5), 1_048_576, Duration.ofMillis(20));

    public OpenAiLimits {
        if (textCharacters <= 0) {
            throw new IllegalArgumentException("textCharacters must be positive, was " + textCharacters);
        }
        if (bodyBytes <= 0) {
            throw new IllegalArgumentException("bodyBytes must be positive, was " + bodyBytes);
        }
        if (!stall.isPositive()) {
            throw new IllegalArgumentException("stall must be positive, was " + stall);
        }
        if (heldBytes < 0) {
            throw new IllegalArgumentException("heldBytes must not be negative, was " + heldBytes);
        }
        if (!heldTime.isPositive()) {
            throw new IllegalArgumentException("heldTime must be positive, was " + heldTime);
        }
    }
}
