package dev.stentor.app;

import dev.stentor.archive.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the archive of recordings, and of the cache that it serves as, under {@code gateway.archive}.
 *
 * @param directory folder of the recordings; default {@code data/archive}
 * @param lifetime time for which a recording is kept, must be positive; default 24 h
 * @param maxSize largest size of all recordings together, beyond which the oldest are deleted; default 2 GB; 0 turns the
 *     archive off
 * @param signingKey key that signs the addresses of recordings, set by the environment only ({@code STENTOR_SIGNING_KEY});
 *     empty means a key that is kept in the folder
 * @param shareUpTo longest text, in UTF-16 units, for which equal requests share one recording; default 2,000; 0 means that no
 *     requests share
 */
record ArchiveProperties(
        @DefaultValue("data/archive") Path directory,
        @DefaultValue("24h") Duration lifetime,
        @DefaultValue("2GB") DataSize maxSize,
        @DefaultValue("") String signingKey,
        @DefaultValue("2000") int shareUpTo) {

    ArchiveProperties {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("gateway.archive.lifetime must be positive, was " + lifetime);
        }
        if (maxSize.isNegative()) {
            throw new IllegalArgumentException("gateway.archive.max-size must not be negative, was " + maxSize);
        }
        if (shareUpTo < 0) {
            throw new IllegalArgumentException("gateway.archive.share-up-to must not be negative, was " + shareUpTo);
        }
        if (!signingKey.isEmpty() && signingKey.length() < SigningKey.MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "gateway.archive.signing-key must have " + SigningKey.MIN_CHARACTERS + " characters or more");
        }
    }

    /** Tells whether recordings are kept at all. */
    boolean isOn() {
        return maxSize.toBytes() > 0;
    }

    /** Returns all values except the key. */
    @Override
    public String toString() {
        return "ArchiveProperties[directory=" + directory + ", lifetime=" + lifetime + ", maxSize=" + maxSize
                + ", signingKey=" + (signingKey.isEmpty() ? "none" : "set") + ", shareUpTo=" + shareUpTo + "]";
    }
}
