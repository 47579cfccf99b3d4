package dev.stentor.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished files, by id, by request and by age, and the room that they and those being written take. Looking up never blocks;
 * whatever makes room or removes does. Thread-safe.
 */
final class ArchiveIndex {

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.stentor.archive.Shelf");

    private final Map<String, ArchivedFile> byId = new ConcurrentHashMap<>();
    private final Map<String, ArchivedFile> byRequest = new ConcurrentHashMap<>();
    private final NavigableSet<ArchivedFile> byAge = new ConcurrentSkipListSet<>(
            Comparator.comparing(ArchivedFile::created).thenComparing(ArchivedFile::id));
    private final AtomicLong takenBytes = new AtomicLong();
    private final long maxBytes;
    private final ArchiveStats stats;

    ArchiveIndex(long maxBytes, ArchiveStats stats) {
        this.maxBytes = maxBytes;
        this.stats = stats;
    }

    Optional<ArchivedFile> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<ArchivedFile> byRequest(String requestKey) {
        return Optional.ofNullable(byRequest.get(requestKey));
    }

    int files() {
        return byId.size();
    }

    long takenBytes() {
        return takenBytes.get();
    }

    /** Takes room, for which the oldest files go if need be; fails, and takes none, if even that is not enough. */
    void take(long bytes) throws IOException {
        takenBytes.addAndGet(bytes);
        if (!makeRoom()) {
            giveBack(bytes);
            throw new IOException("no room: the bound of " + maxBytes + " bytes is reached by what is being written");
        }
    }

    void giveBack(long bytes) {
        takenBytes.addAndGet(-bytes);
    }

    /** Puts up a file whose room was taken before. */
    void add(ArchivedFile file) {
        byId.put(file.id(), file);
        String key = file.requestKey();
        if (key != null) {
            byRequest.put(key, file);
        }
        byAge.add(file);
    }

    /** Takes a file down and deletes it, if nobody else has done so. */
    boolean remove(ArchivedFile file) {
        boolean mine = takeDown(file);
        if (mine) {
            delete(file);
        }
        return mine;
    }

    /** Makes that a file is not found any more, and gives back its room; whoever gets true must delete it. Does not block. */
    boolean takeDown(ArchivedFile file) {
        if (!byId.remove(file.id(), file)) {
            return false;
        }
        byAge.remove(file);
        String key = file.requestKey();
        if (key != null) {
            byRequest.remove(key, file);
        }
        giveBack(file.bytesTaken());
        return true;
    }

    /** Counts what was put up before anything was taken, and lets the oldest go if it is too much. */
    void countAll() {
        byAge.forEach(file -> takenBytes.addAndGet(file.bytesTaken()));
        var _ = makeRoom();
    }

    void removeExpired(Instant now) {
        for (ArchivedFile file : byAge) {
            if (!file.expires().isAfter(now)) {
                var _ = remove(file);
            }
        }
    }

    /** Whether everything fits, after the oldest files have gone. */
    boolean makeRoom() {
        while (takenBytes.get() > maxBytes) {
            ArchivedFile oldest = byAge.pollFirst();
            if (oldest == null) {
                return false;
            }
            if (remove(oldest)) {
                stats.evicted();
            }
        }
        return true;
    }

    static void delete(ArchivedFile file) {
        try {
            Files.deleteIfExists(file.path());
            Files.deleteIfExists(Sidecar.of(file.path().resolveSibling(""), file.id()));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file.id())
                    .addKeyValue("type", e.getClass().getName())
                    .log("an archived file could not be deleted; the next start will try again");
        }
    }
}
