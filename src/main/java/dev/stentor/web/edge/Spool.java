package dev.stentor.web.edge;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A spool for uploads: each lies in a temporary file while it is checked and passed on. The number of files at once is bounded.
 * Thread-safe.
 */
public final class Spool {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final int maxFiles;
    private final Duration stallTimeout;
    private final Scheduler files;
    private final Scheduler timer;
    private final Callable<Path> places;
    private final AtomicInteger used = new AtomicInteger();

    /**
     * Creates a spool in the system's folder for temporary files.
     *
     * @param maxFiles largest number of uploads at once; further ones fail with {@link SpeechFailure.Throttled}
     * @param stallTimeout longest time that an upload may bring no bytes
     * @param files scheduler on which files are read and written, which may block; not owned
     * @param timer timer for the stall timeout; not owned
     */
    public Spool(int maxFiles, Duration stallTimeout, Scheduler files, Scheduler timer) {
        this(maxFiles, stallTimeout, files, timer, () -> Files.createTempFile("stentor-upload-", ".tmp"));
    }

    /** Creates a spool whose files are where {@code places} says; each must exist. */
    Spool(int maxFiles, Duration stallTimeout, Scheduler files, Scheduler timer, Callable<Path> places) {
        this.places = places;
        this.maxFiles = maxFiles;
        this.stallTimeout = stallTimeout;
        this.files = files;
        this.timer = timer;
    }

    /** Runs the work with an empty file, and deletes the file when the work completes, fails or is cancelled. */
    public <T> Mono<T> use(Function<SpooledFile, Mono<T>> work) {
        return Mono.usingWhen(acquire(), _ -> Mono.usingWhen(created(), work, this::deleted), _ -> release());
    }

    /** Returns the number of uploads in progress. */
    int files() {
        return used.get();
    }

    private Mono<Boolean> acquire() {
        return Mono.fromCallable(() -> {
            if (used.incrementAndGet() > maxFiles) {
                used.decrementAndGet();
                throw new SpeechException(new SpeechFailure.Throttled(
                        "TooManyUploads", "There are " + maxFiles + " uploads under way already.", RETRY));
            }
            return true;
        });
    }

    private Mono<Void> release() {
        return Mono.fromRunnable(used::decrementAndGet);
    }

    /** Makes the file. If the use is cancelled meanwhile, the file is deleted at once. */
    private Mono<SpooledFile> created() {
        return Mono.<SpooledFile>create(made -> {
                    try {
                        made.success(SpooledFile.create(places, stallTimeout, files, timer));
                    } catch (Exception e) {
                        made.error(e);
                    }
                })
                .subscribeOn(files)
                .doOnDiscard(SpooledFile.class, SpooledFile::delete);
    }

    private Mono<Void> deleted(SpooledFile file) {
        return Mono.<Void>fromRunnable(file::delete).subscribeOn(files);
    }
}
