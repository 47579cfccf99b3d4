package dev.stentor.app;

import dev.stentor.audio.ResamplerPreset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be mixed in beside the speech, under {@code gateway.sources}.
 *
 * @param directory sound files of the operator's, only read; null means none
 * @param uploads where uploaded sounds are kept; default {@code data/sounds}
 * @param maxSize of one file; default 20 MB
 * @param maxLength of one sound; default 10 min
 * @param maxUploads how many uploaded sounds there may be; default 50; 0 means that none are taken
 * @param memory how much sound lies ready to be played, at 6 MB a minute; default 20 min
 * @param allow addresses that streams may be fetched from, with all below them; default none
 * @param privateHosts hosts among them that may be in a private network or on this machine; default none
 * @param stall how long a stream may give nothing before it is fetched again; default 10 s
 * @param resampler hq or light; default hq
 */
record SourcesProperties(
        @Nullable Path directory,
        @DefaultValue("data/sounds") Path uploads,
        @DefaultValue("20MB") DataSize maxSize,
        @DefaultValue("10m") Duration maxLength,
        @DefaultValue("50") int maxUploads,
        @DefaultValue("20m") Duration memory,
        @DefaultValue List<URI> allow,
        @DefaultValue Set<String> privateHosts,
        @DefaultValue("10s") Duration stall,
        @DefaultValue("hq") ResamplerPreset resampler) {

    /** A sound is one array. */
    private static final Duration LONGEST = Duration.ofHours(6);

    SourcesProperties {
        require(maxSize.toBytes() > 0, "max-size", "positive", maxSize);
        require(
                maxLength.isPositive() && maxLength.compareTo(LONGEST) <= 0,
                "max-length",
                "positive and at most 6 h",
                maxLength);
        require(maxUploads >= 0, "max-uploads", "0 or more", maxUploads);
        require(memory.isPositive(), "memory", "positive", memory);
        require(stall.isPositive(), "stall", "positive", stall);
    }

    private static void require(boolean holds, String key, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("gateway.sources." + key + " must be " + rule + ", was " + value);
        }
    }
}
