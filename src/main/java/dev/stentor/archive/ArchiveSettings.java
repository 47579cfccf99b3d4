package dev.stentor.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Settings of the archive.
 *
 * @param directory of the files; made if need be; one process at a time may use it
 * @param lifetime of a link, from when it is given; a file lives as long as its longest link, and up to a {@link #step()} more
 * @param maxBytes of all files together, those being written included
 * @param maxRecordingBytes most bytes of sound of one file; a longer recording is given up, before other files are deleted to make room
 *     for more of it
 */
public record ArchiveSettings(Path directory, Duration lifetime, long maxBytes, long maxRecordingBytes) {

    private static final Duration LONGEST_STEP = Duration.ofHours(1);
    private static final int STEPS_IN_A_LIFETIME = 24;

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

    /** Returns how much longer than its longest link a file may live, so that not every link needs a write. */
    Duration step() {
        Duration part = lifetime.dividedBy(STEPS_IN_A_LIFETIME);
        return part.compareTo(LONGEST_STEP) < 0 ? part : LONGEST_STEP;
    }

    /** Returns until when a link holds that is given now: the whole lifetime, and up to the next full second. */
    Instant linkedUntil(Instant now) {
        Instant until = now.plus(lifetime);
        return Instant.ofEpochSecond(until.getEpochSecond() + (until.getNano() > 0 ? 1 : 0));
    }
}
