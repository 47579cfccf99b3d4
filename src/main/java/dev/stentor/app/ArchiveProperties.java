package dev.stentor.app;

import dev.stentor.archive.ArchiveSettings;
import dev.stentor.archive.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the archive of recordings, and of the cache that it serves as, under {@code gateway.archive}.
 *
 * @param directory folder of the recordings; default {@code data/archive}
 * @param lifetime time for which the address of a recording works, and for which it is kept at least; must be positive; default 24 h
 * @param maxSize largest size of all recordings together, beyond which the least recently linked are deleted; default 2 GB; 0 turns the
 *     archive off
 * @param maxRecording largest size of one recording; a longer one is heard and not kept; null means half of {@code maxSize}; 0 means
 *     no limit of its own
 * @param signingKey key that signs the addresses of recordings, set by the environment only ({@code STENTOR_SIGNING_KEY});
 *     empty means a key that is kept in the folder
 * @param shareUpTo longest text, in UTF-16 units, for which equal requests share one recording; default 2,000; 0 means that no
 *     requests share
 */
record ArchiveProperties(
        @DefaultValue("data/archive") Path directory,
        @DefaultValue("24h") Duration lifetime,
        @DefaultValue("2GB") DataSize maxSize,
        @Nullable DataSize maxRecording,
        @DefaultValue("") String signingKey,
        @DefaultValue("2000") int shareUpTo) {

    ArchiveProperties {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("gateway.archive.lifetime must be positive, was " + lifetime);
        }
        if (maxSize.isNegative()) {
            throw new IllegalArgumentException("gateway.archive.max-size must not be negative, was " + maxSize);
        }
        if (maxRecording != null && maxRecording.isNegative()) {
            throw new IllegalArgumentException(
                    "gateway.archive.max-recording must not be negative, was " + maxRecording);
        }
        if (shareUpTo < 0) {
            throw new IllegalArgumentException("gateway.archive.share-up-to must not be negative, was " + shareUpTo);
        }
        if (!signingKey.isEmpty() && signingKey.length() < SigningKey.MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "gateway.archive.signing-key must have " + SigningKey.MIN_CHARACTERS + " characters or more");
        }
    }

    /** Returns the settings of an archive that is on. */
    ArchiveSettings settings() {
        long all = maxSize.toBytes();
        long one = maxRecording == null ? Math.max(1, all / 2) : maxRecording.toBytes();
        return new ArchiveSettings(directory, lifetime, all, one == 0 ? all : one);
    }

    /** Tells whether recordings are kept at all. */
    boolean isOn() {
        return maxSize.toBytes() > 0;
    }

    /** Returns all values except the key. */
    @Override
    public String toString() {
        return "ArchiveProperties[directory=" + directory + ", lifetime=" + lifetime + ", maxSize=" + maxSize
                + ", maxRecording=" + maxRecording + ", signingKey=" + (signingKey.isEmpty() ? "none" : "set")
                + ", shareUpTo=" + shareUpTo + "]";
    }
}
