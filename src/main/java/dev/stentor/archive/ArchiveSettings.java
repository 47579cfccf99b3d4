package dev.stentor.archive;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the archive.
 *
 * @param directory of the files; made if need be; one process at a time may use it
 * @param lifetime of a file, from its last sample on
 * @param maxBytes of all files together, those being written included
 * @param maxRecordingBytes most bytes of sound of one file; a longer recording is given up, before other files are deleted to make room
 *     for more of it
 */
public record ArchiveSettings(Path directory, Duration lifetime, long maxBytes, long maxRecordingBytes) {

    public ArchiveSettings {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("lifetime must be positive, was " + lifetime);
        }
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        if (maxRecordingBytes <= 0) {
            throw new IllegalArgumentException("maxRecordingBytes must be positive, was " + maxRecordingBytes);
        }
    }
}
