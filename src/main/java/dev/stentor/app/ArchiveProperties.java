package dev.stentor.app;

import dev.stentor.archive.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Finished utterances as files, and the cache that they make.
 *
 * @param directory where they are; default {@code data/archive}
 * @param lifetime of a file; default 24 h
 * @param maxSize of all of them; the oldest go first. Default 2 GB; 0 turns the archive off
 * @param signingKey signs the addresses, by the environment only ({@code STENTOR_SIGNING_KEY}); empty means one of the folder's own
 * @param shareUpTo longest text that equal requests share, in characters; default 2,000; 0 means that none do
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

    boolean isOn() {
        return maxSize.toBytes() > 0;
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "ArchiveProperties[directory=" + directory + ", lifetime=" + lifetime + ", maxSize=" + maxSize
                + ", signingKey=" + (signingKey.isEmpty() ? "none" : "set") + ", shareUpTo=" + shareUpTo + "]";
    }
}
