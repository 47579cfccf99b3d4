package dev.stentor.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** An archive of 64 MB for the tests of what is around it. */
final class SmallArchive {

    private SmallArchive() {}

    /** Opens one in the folder; the caller closes it. */
    static Archiving in(Path directory) {
        return Archiving.of(
                new ArchiveProperties(directory, Duration.ofHours(24), DataSize.ofMegabytes(64), null, "", 2_000),
                null,
                new SimpleMeterRegistry());
    }
}
