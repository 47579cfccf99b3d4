package dev.stentor.web.edge;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Keeps uploads on disk while they are looked at and passed on: a bounded number of them, each for one use. Thread-safe. */
public final class Spool {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final int maxFiles;
    private final Duration stallTimeout;
    private final Scheduler files;
    private final Scheduler timer;
    private final AtomicInteger used = new AtomicInteger();

    /**
     * In the folder for temporary files.
     *
     * @param maxFiles how many uploads there may be at once; more are told to come back later
     * @param stallTimeout how long an upload may stand still
     * @param files where reading and writing may block; not owned
     * @param timer measures stallTimeout; not owned
     */
    public Spool(int maxFiles, Duration stallTimeout, Scheduler files, Scheduler timer) {
        this.maxFiles = maxFiles;
        this.stallTimeout = stallTimeout;
        this.files = files;
        this.timer = timer;
    }

    /** Gives the work an empty file, and deletes it when the work has ended, failed or was given up. */
    public <T> Mono<T> use(Function<SpooledFile, Mono<T>> work) {
        return Mono.usingWhen(place(), _ -> Mono.usingWhen(file(), work, this::deleted), _ -> given());
    }

    /** How many uploads there are now. */
    public int files() {
        return used.get();
    }

    private Mono<Boolean> place() {
        return Mono.fromCallable(() -> {
            if (used.incrementAndGet() > maxFiles) {
                used.decrementAndGet();
                throw new SpeechException(new SpeechFailure.Throttled(
                        "TooManyUploads", "There are " + maxFiles + " uploads under way already.", RETRY));
            }
            return true;
        });
    }

    private Mono<Void> given() {
        return Mono.fromRunnable(used::decrementAndGet);
    }

    private Mono<SpooledFile> file() {
        return Mono.fromCallable(() -> SpooledFile.create(stallTimeout, files, timer))
                .subscribeOn(files);
    }

    private Mono<Void> deleted(SpooledFile file) {
        return Mono.<Void>fromRunnable(file::delete).subscribeOn(files);
    }
}
