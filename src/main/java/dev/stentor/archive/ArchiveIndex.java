package dev.stentor.archive;

import dev.stentor.speech.WholeFile;
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
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of the finished files, by id, by request and by last link, with the quota that they and the files being written take. Looking up
 * never blocks; {@link #take}, {@link #countAll} and {@link #removeExpired} delete files, and block. Thread-safe.
 */
final class ArchiveIndex {

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.stentor.archive.Shelf");

    private final Map<String, ArchivedFile> byId = new ConcurrentHashMap<>();
    private final Map<String, ArchivedFile> byRequest = new ConcurrentHashMap<>();
    private final NavigableSet<ArchivedFile> byLink = new ConcurrentSkipListSet<>(
            Comparator.comparing(ArchivedFile::linked).thenComparing(ArchivedFile::id));
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

    /** Takes quota, and deletes the least recently linked files if need be; if even that is not enough, it takes none and fails. Blocks. */
    void take(long bytes) throws IOException {
        takenBytes.addAndGet(bytes);
        if (!makeRoom()) {
            free(bytes);
            throw new NotKeptException(
                    WholeFile.Why.NO_ROOM,
                    "no room: the bound of " + maxBytes + " bytes is reached by what is being written");
        }
    }

    /** Frees quota that was taken. */
    void free(long bytes) {
        takenBytes.addAndGet(-bytes);
    }

    /** Adds a file whose quota was taken before. */
    void add(ArchivedFile file) {
        byId.put(file.id(), file);
        String key = file.requestKey();
        if (key != null) {
            byRequest.put(key, file);
        }
        byLink.add(file);
    }

    /** Replaces a file by a changed one; returns that one, or nothing if there is no such file any more. Does not block. */
    Optional<ArchivedFile> update(String id, UnaryOperator<ArchivedFile> change) {
        return Optional.ofNullable(byId.computeIfPresent(id, (_, file) -> {
            ArchivedFile changed = change.apply(file);
            byLink.remove(file);
            byLink.add(changed);
            String key = file.requestKey();
            if (key != null) {
                byRequest.replace(key, file, changed);
            }
            return changed;
        }));
    }

    /** Removes a file and deletes it, unless somebody else has done so; returns whether it did. Blocks. */
    private boolean removeAndDelete(ArchivedFile file) {
        boolean mine = remove(file);
        if (mine) {
            delete(file);
        }
        return mine;
    }

    /** Removes a file from the index and frees its quota. If true, the caller must delete the file. Does not block. */
    boolean remove(ArchivedFile file) {
        if (!byId.remove(file.id(), file)) {
            return false;
        }
        byLink.remove(file);
        String key = file.requestKey();
        if (key != null) {
            byRequest.remove(key, file);
        }
        free(file.bytesTaken());
        return true;
    }

    /** Takes the quota of all files of the index, once, at the start; deletes the least recently linked if it is too much. Blocks. */
    void countAll() {
        byLink.forEach(file -> takenBytes.addAndGet(file.bytesTaken()));
        var _ = makeRoom();
    }

    /** Deletes all files whose time is over. Blocks. */
    void removeExpired(Instant now) {
        for (ArchivedFile file : byLink) {
            if (!file.expires().isAfter(now)) {
                var _ = removeAndDelete(file);
            }
        }
    }

    /** Deletes the least recently linked files until everything fits; returns whether it does. */
    private boolean makeRoom() {
        while (takenBytes.get() > maxBytes) {
            ArchivedFile first = byLink.pollFirst();
            if (first == null) {
                return false;
            }
            if (removeAndDelete(first)) {
                stats.evicted();
            }
        }
        return true;
    }

    /** Deletes a file and what lies beside it; a failure goes to the log. Blocks. */
    static void delete(ArchivedFile file) {
        try {
            Files.deleteIfExists(file.path());
            Files.deleteIfExists(Sidecar.of(file.path().resolveSibling(""), file.id()));
            Files.deleteIfExists(TimingFile.of(file.path().resolveSibling(""), file.id()));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file.id())
                    .addKeyValue("type", e.getClass().getName())
                    .log("an archived file could not be deleted; the next start will try again");
        }
    }
}
