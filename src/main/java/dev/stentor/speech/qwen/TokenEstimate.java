package dev.stentor.speech.qwen;

import dev.stentor.speech.BilledCharacters;

/**
 * An estimate of the tokens of a text, which is rather too low: one token for every four characters begun, where a Han character counts
 * twice. The service's own tokeniser is not at hand; by its documentation a token is 3 to 4 letters, or 1.5 to 1.8 Han characters. So
 * nothing is refused that the service might take. (The estimate of {@link dev.stentor.speech.reading.TextLimit#tokens} is rather too high
 * on purpose: no segment that is cut by it is refused.)
 */
final class TokenEstimate {

    private static final int CHARACTERS = 4;

    private TokenEstimate() {}

    /** Returns the estimate. */
    static long of(String text) {
        return Math.ceilDiv(BilledCharacters.of(text), CHARACTERS);
    }
}
