package dev.stentor.archive;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the archive.
 *
 * @param directory of the files; made if need be; one process at a time may use it
 * @param lifetime of a file, from its last sample on
 * @param maxBytes of all files together, those being written included
 */
public record ArchiveSettings(Path directory, Duration lifetime, long maxBytes) {

    public ArchiveSettings {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("lifetime must be positive, was " + lifetime);
        }
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
    }
}
