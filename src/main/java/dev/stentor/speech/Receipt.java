package dev.stentor.speech;

import org.jspecify.annotations.Nullable;

/**
 * The result of one spoken request.
 *
 * @param requestId the engine's own id of the request, for support cases
 * @param samples number of samples delivered, at 24 kHz
 * @param characters count that the service bills; by its rule a Han character counts twice
 * @param ending end of the request
 * @param file file in which all of the sound is kept, or why there is none; null if it is not meant to be kept
 */
public record Receipt(
        String requestId,
        long samples,
        long characters,
        Ending ending,
        @Nullable WholeFile file) {

    /** Returns the same receipt with this file. */
    public Receipt keptAt(WholeFile newFile) {
        return new Receipt(requestId, samples, characters, ending, newFile);
    }

    /** End of a request that did not fail. */
    public enum Ending {
        /** All of the sound was delivered. */
        COMPLETE,
        /** The subscriber cancelled. */
        CANCELLED
    }
}
