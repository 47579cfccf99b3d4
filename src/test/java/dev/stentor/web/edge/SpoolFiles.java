package dev.stentor.web.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import reactor.core.scheduler.Schedulers;

/** Access to the number of files in a spool, for tests of the rooms that use it. */
public final class SpoolFiles {

    private SpoolFiles() {}

    /** Returns a spool on a disk that is full. The folder must be a temporary one. */
    public static Spool onAFullDisk(Path folder) {
        return new Spool(
                4,
                Duration.ofSeconds(10),
                Schedulers.boundedElastic(),
                Schedulers.parallel(),
                () -> Files.createSymbolicLink(
                        folder.resolve(String.valueOf(System.nanoTime())), Path.of("/dev/full")));
    }

    /** Returns the number of uploads in progress. */
    public static int in(Spool spool) {
        return spool.files();
    }
}
