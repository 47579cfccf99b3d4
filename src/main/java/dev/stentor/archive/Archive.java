package dev.stentor.archive;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.Receipt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A folder of finished utterances. Files whose longest link is over are deleted, and the least recently linked if there are too many;
 * files that a killed process left half written are deleted at the next start. Thread-safe; looking up does not block.
 */
public final class Archive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int THREADS = 4;
    private static final int QUEUED = 100_000;
    private static final int THREAD_IDLE_SECONDS = 60;
    private static final String LOCK = "archive.lock";

    private final ArchiveSettings settings;
    private final Scheduler time;
    private final Supplier<String> ids;
    private final ArchiveStats stats;
    private final Scheduler threads;
    private final DiskScheduler disk;
    private final ArchiveIndex index;
    private final FileLives lives;
    private final PendingFiles pending = new PendingFiles();
    private final FileChannel lock;
    private final Disposable sweeping;

    /**
     * Opens the folder, and tidies it up. Blocks.
     *
     * @param time tells the time and runs timers, in which nothing blocks; not owned
     * @param ids gives every file its name, as in {@link ArchivedFile#ID}; unique for ever
     * @throws IOException if the folder cannot be used; the message says why
     */
    public static Archive open(ArchiveSettings settings, Scheduler time, Supplier<String> ids, ArchiveStats stats)
            throws IOException {
        Files.createDirectories(settings.directory());
        FileChannel lock = FileChannel.open(
                settings.directory().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("another gateway uses it");
            }
            return new Archive(settings, time, ids, stats, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("this process uses it already", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private Archive(
            ArchiveSettings settings, Scheduler time, Supplier<String> ids, ArchiveStats stats, FileChannel lock)
            throws IOException {
        this.settings = settings;
        this.time = time;
        this.ids = ids;
        this.stats = stats;
        this.lock = lock;
        index = new ArchiveIndex(settings.maxBytes(), stats);
        fill();
        threads = Schedulers.newBoundedElastic(THREADS, QUEUED, "archive-disk", THREAD_IDLE_SECONDS, true);
        disk = new DiskScheduler(threads);
        lives = new FileLives(this, settings);
        sweeping = time.schedulePeriodically(
                () -> disk.run(() -> index.removeExpired(now())),
                SWEEP.toMillis(),
                SWEEP.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Finds a file that is kept, by its id; any string may be asked for. */
    public Optional<ArchivedFile> find(String id) {
        return index.byId(id).filter(this::isKept);
    }

    /**
     * Promises a file for a whole lifetime from now, and returns until when a link to it holds. Emits once the disk says so as well, so
     * that a restart breaks no link; empty if there is no such file any more. Work starts with the subscription.
     */
    public Mono<Instant> linked(String id) {
        return lives.linked(id);
    }

    /** Returns how many files there are. */
    public int files() {
        return index.files();
    }

    /** Returns how many bytes all files take, including those being written. */
    public long bytes() {
        return index.takenBytes();
    }

    /** Returns the threads for work that blocks, such as looking at a file. Owned by this archive. */
    public Scheduler threads() {
        return threads;
    }

    /** Ends all work; files that are being written will be deleted at the next start. Blocks for a moment. */
    @Override
    public void close() {
        sweeping.dispose();
        threads.dispose();
        closeQuietly(lock);
    }

    /** Finds a file that an equal request made. */
    Optional<ArchivedFile> findEqual(String requestKey) {
        return index.byRequest(requestKey).filter(this::isKept);
    }

    /** Extends the life of a file that is being played. */
    void play(ArchivedFile file) {
        lives.play(file);
    }

    /** Removes a file that cannot be read from the index, and deletes it later. */
    void forget(ArchivedFile file) {
        // The index may know it with a longer life by now.
        if (index.byId(file.id()).filter(index::remove).isPresent()) {
            disk.run(() -> ArchiveIndex.delete(file));
        }
    }

    /** Begins a new file under a new id; touches no disk yet. */
    PartFile begin() {
        return begin(ids.get());
    }

    /** Begins a new file under an id that no file here has; touches no disk yet. */
    PartFile begin(String id) {
        if (!ArchivedFile.ID.matcher(id).matches()) {
            throw new IllegalStateException("not fit for a file's name: " + id);
        }
        return new PartFile(this, id);
    }

    Path directory() {
        return settings.directory();
    }

    long maxRecordingBytes() {
        return settings.maxRecordingBytes();
    }

    DiskScheduler disk() {
        return disk;
    }

    ArchiveIndex index() {
        return index;
    }

    PendingFiles pending() {
        return pending;
    }

    ArchiveStats stats() {
        return stats;
    }

    Scheduler time() {
        return time;
    }

    ArchivedFile finished(String id, long soundBytes, long timingBytes, Receipt receipt, @Nullable String requestKey) {
        Instant created = now();
        return new ArchivedFile(
                id,
                wav(id),
                soundBytes / PcmFormat.SPEECH.bytesPerFrame(),
                timingBytes,
                receipt.characters(),
                receipt.requestId(),
                created,
                created,
                settings.linkedUntil(created).plus(settings.step()),
                requestKey);
    }

    /** Forces new file names to the disk; not every system can, and one that cannot needs no forcing. */
    void forceDirectory() {
        try (FileChannel folder = FileChannel.open(directory(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException _) {
            LOG.trace("the system does not force folders");
        }
    }

    void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("type", e.getClass().getName()).log("a file could not be closed");
        }
    }

    void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", path.getFileName())
                    .addKeyValue("type", e.getClass().getName())
                    .log("a file could not be deleted; the next start will try again");
        }
    }

    Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private boolean isKept(ArchivedFile file) {
        return file.expires().isAfter(now());
    }

    private Path wav(String id) {
        return directory().resolve(id + ArchivedFile.WAV);
    }

    /** Adds whole files to the index, and deletes the others. Leaves files alone whose names are not ours. */
    private void fill() throws IOException {
        List<ArchivedFile> whole = new ArrayList<>();
        int removed = 0;
        for (String name : names()) {
            String id = name.substring(0, Math.max(0, name.indexOf('.')));
            if (!ArchivedFile.ID.matcher(id).matches()) {
                continue;
            }
            if (name.equals(id + ArchivedFile.WAV)) {
                Optional<ArchivedFile> file = Sidecar.read(directory(), id).filter(this::isKept);
                file.ifPresent(whole::add);
                removed += file.isPresent() ? 0 : delete(name);
            } else if (name.endsWith(PartFile.SUFFIX)) {
                removed += delete(name);
            }
        }
        whole.sort((a, b) -> a.linked().compareTo(b.linked()));
        for (ArchivedFile file : whole) {
            index.add(file);
        }
        removed += removeLonely(Sidecar.SUFFIX);
        removed += removeLonely(TimingFile.SUFFIX);
        index.countAll();
        LOG.info("The archive holds {} files, {} bytes; {} were left over and deleted.", files(), bytes(), removed);
    }

    /** Deletes files that lie beside a recording which is not there. */
    private int removeLonely(String suffix) throws IOException {
        int removed = 0;
        for (String name : names()) {
            String id = name.substring(0, Math.max(0, name.indexOf('.')));
            if (name.equals(id + suffix)
                    && ArchivedFile.ID.matcher(id).matches()
                    && index.byId(id).isEmpty()) {
                removed += delete(name);
            }
        }
        return removed;
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files =
                Files.newDirectoryStream(directory(), file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    private int delete(String name) {
        deleteQuietly(directory().resolve(name));
        return 1;
    }
}
