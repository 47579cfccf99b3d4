package dev.stentor.speech;

import org.jspecify.annotations.Nullable;

/**
 * What became of one spoken request.
 *
 * @param requestId the engine's own id of the request, for support cases
 * @param samples number of samples delivered, at 24 kHz
 * @param characters what the service counts for billing; by its rule a Han character counts twice
 * @param ending how it ended
 * @param file where the whole of it is kept; null if nowhere
 */
public record Receipt(
        String requestId,
        long samples,
        long characters,
        Ending ending,
        @Nullable WholeFile file) {

    /** The same, kept there. */
    public Receipt keptAt(WholeFile newFile) {
        return new Receipt(requestId, samples, characters, ending, newFile);
    }

    /** How a request ended that did not fail. */
    public enum Ending {
        /** All of it was delivered. */
        COMPLETE,
        /** The subscriber cancelled. */
        CANCELLED
    }
}
