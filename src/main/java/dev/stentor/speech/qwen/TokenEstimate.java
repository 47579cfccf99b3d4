package dev.stentor.speech.qwen;

import dev.stentor.speech.BilledCharacters;

/**
 * About how many tokens a text has: one for every four characters begun, where a Han character counts twice. The service's own
 * tokeniser is not at hand; by its documentation a token is 3 to 4 letters, or 1.5 to 1.8 Han characters, so that this is rather
 * too few than too many. What is too long by it is too long.
 */
public final class TokenEstimate {

    private static final int CHARACTERS = 4;

    private TokenEstimate() {}

    /** The estimate. */
    public static long of(String text) {
        return Math.ceilDiv(BilledCharacters.of(text), CHARACTERS);
    }
}
