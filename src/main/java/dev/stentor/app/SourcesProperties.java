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
 * Settings of the sources that can be mixed with speech, under {@code gateway.sources}.
 *
 * @param directory folder of the operator's sound files, which is only read; null means none
 * @param uploads folder of uploaded sounds; default {@code data/sounds}
 * @param maxSize largest file, must be positive; default 20 MB
 * @param maxLength longest sound, positive and at most 6 h; default 10 min
 * @param maxUploads largest number of uploaded sounds; default 50; 0 means that uploads are refused
 * @param memory length of the sound that is held in memory, at 6 MB a minute, must be positive; default 20 min
 * @param allow addresses that streams may be fetched from, including all addresses below them; default none
 * @param privateHosts hosts among those that may be in a private network or on this machine; default none
 * @param stall time without bytes after which a stream is fetched again, must be positive; default 10 s
 * @param resampler quality of resampling: hq or light; default hq
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

    /** The upper bound of {@code maxLength}: a sound must fit into one array. */
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
