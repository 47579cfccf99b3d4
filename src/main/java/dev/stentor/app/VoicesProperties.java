package dev.stentor.app;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the making of custom voices, under {@code gateway.voices}. All must be positive.
 *
 * @param patience longest time in which the service may make a voice, upload included; default 120 s
 * @param keep time for which a list of the custom voices is cached; default 60 s
 * @param uploads largest number of uploads at once, each up to 14 MB on disk; default 4
 * @param uploadPatience longest time that an upload may bring no bytes; default 30 s
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
