package dev.stentor.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The lives of the finished files: each lives as long as its longest link. A link is given only after the disk says that its file lives
 * so long. A life is extended by more than one link needs, so a file that is linked all the time is written once an hour. Thread-safe.
 */
final class FileLives {

    private static final Logger LOG = LoggerFactory.getLogger(FileLives.class);

    /** Writes one description at a time, on the disk's threads: two writers of one would spoil it. */
    private final SerialExecutor writes = new SerialExecutor();

    private final Archive archive;
    private final ArchiveSettings settings;

    FileLives(Archive archive, ArchiveSettings settings) {
        this.archive = archive;
        this.settings = settings;
    }

    /** See {@link Archive#linked}. */
    Mono<Instant> linked(String id) {
        return Mono.create(sink -> {
            Instant now = archive.now();
            Instant until = settings.linkedUntil(now);
            Optional<ArchivedFile> file = archive.index().update(id, known -> known.linkedAt(now));
            if (file.isEmpty()) {
                sink.success();
            } else if (!file.get().expires().isBefore(until)) {
                sink.success(until);
            } else {
                Runnable extension = () -> extended(id, until).ifPresentOrElse(sink::success, sink::success);
                archive.disk().run(() -> writes.execute(extension), sink::error);
            }
        });
    }

    /** Extends the life of a file that is played: who asked for it will be given a link when all was heard. */
    void play(ArchivedFile file) {
        var _ = linked(file.id()).subscribe(_ -> {}, _ -> LOG.debug("the archive is closed"));
    }

    /** Makes a file live until that time or longer, and returns until when a link may hold; empty if it is gone. Blocks. */
    private Optional<Instant> extended(String id, Instant until) {
        Optional<ArchivedFile> known = archive.index().byId(id);
        if (known.isEmpty() || !known.get().expires().isBefore(until)) {
            return known.map(_ -> until);
        }
        ArchivedFile longer = known.get().keptUntil(until.plus(settings.step()));
        try {
            Sidecar.write(archive.directory(), longer);
        } catch (IOException e) {
            return unextended(known.get(), e);
        }
        archive.forceDirectory();
        Optional<ArchivedFile> changed = archive.index().update(id, file -> file.keptUntil(longer.expires()));
        if (changed.isEmpty()) {
            // Deleted meanwhile; its description may have been written again after that.
            archive.deleteQuietly(Sidecar.of(archive.directory(), id));
        }
        return changed.map(_ -> until);
    }

    /** Returns the end of the life that the disk knows of: a shorter link is better than none. */
    private Optional<Instant> unextended(ArchivedFile file, IOException error) {
        LOG.atWarn()
                .addKeyValue("file", file.id())
                .addKeyValue("type", error.getClass().getName())
                .log("the life of a recording could not be extended; its links end with it");
        return Optional.of(Instant.ofEpochSecond(file.expires().getEpochSecond()))
                .filter(end -> end.isAfter(archive.now()));
    }
}
