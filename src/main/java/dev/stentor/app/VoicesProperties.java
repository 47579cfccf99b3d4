package dev.stentor.app;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Making voices of one's own, under {@code gateway.voices}.
 *
 * @param patience how long the service may take to make one, upload included; default 120 s
 * @param keep how long a list of those that were made is good for; default 60 s
 * @param uploads how many recordings may be on their way at once, each up to 14 MB on disk; default 4
 * @param uploadPatience how long an upload may stand still; default 30 s
 */
record VoicesProperties(
        @DefaultValue("120s") Duration patience,
        @DefaultValue("60s") Duration keep,
        @DefaultValue("4") int uploads,
        @DefaultValue("30s") Duration uploadPatience) {

    VoicesProperties {
        require(patience.isPositive(), "gateway.voices.patience", patience);
        require(keep.isPositive(), "gateway.voices.keep", keep);
        require(uploads > 0, "gateway.voices.uploads", uploads);
        require(uploadPatience.isPositive(), "gateway.voices.upload-patience", uploadPatience);
    }

    private static void require(boolean holds, String key, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " must be positive, was " + value);
        }
    }
}
