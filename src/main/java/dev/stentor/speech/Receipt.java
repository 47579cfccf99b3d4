package dev.stentor.speech;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one spoken request.
 *
 * @param requestId the engine's own id of the request, for support cases
 * @param samples number of samples delivered, at 24 kHz
 * @param characters what the service counts for billing; by its rule a Han character counts twice
 * @param ending how it ended
 * @param file where the service keeps the whole file; null if it keeps none
 * @param fileExpires until when; null if there is no file or it is not known
 */
public record Receipt(
        String requestId,
        long samples,
        long characters,
        Ending ending,
        @Nullable URI file,
        @Nullable Instant fileExpires) {

    /** How a request ended that did not fail. */
    public enum Ending {
        /** All of it was delivered. */
        COMPLETE,
        /** The subscriber cancelled. */
        CANCELLED
    }
}
