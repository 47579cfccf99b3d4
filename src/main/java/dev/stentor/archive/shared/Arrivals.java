package dev.stentor.archive.shared;

import dev.stentor.archive.ArchivedFile;
import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.RecordingHead;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The recordings that are being fetched, each once at a time. Thread-safe. */
final class Arrivals {

    /** The longest time in which nothing of a sound may arrive. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** The longest time that a sound may take as a whole. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final ConcurrentMap<String, Mono<ArchivedFile>> arriving = new ConcurrentHashMap<>();
    private final RecordingCopies copies;
    private final Scheduler time;

    Arrivals(RecordingCopies copies, Scheduler time) {
        this.copies = copies;
        this.time = time;
    }

    /** Emits a recording once it is kept here. Goes on if its reader cancels; fails if the sound does not come, or cannot be kept. */
    Mono<ArchivedFile> keep(RecordingHead head, Flux<ByteBuffer> sound) {
        return arriving.computeIfAbsent(
                head.id(),
                id -> copies.keep(head, bounded(sound))
                        .doFinally(_ -> arriving.remove(id))
                        .cache());
    }

    private Flux<ByteBuffer> bounded(Flux<ByteBuffer> sound) {
        Mono<Void> late = Mono.delay(LONGEST, time).then(Mono.error(new TimeoutException("the sound takes too long")));
        return sound.timeout(SILENCE, time).takeUntilOther(late);
    }
}
