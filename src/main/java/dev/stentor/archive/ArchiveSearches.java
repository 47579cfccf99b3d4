package dev.stentor.archive;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Searches for recordings in other archives, one at a time for each request. Thread-safe. */
final class ArchiveSearches {

    private final ConcurrentMap<String, Sinks.One<Optional<ArchivedFile>>> running = new ConcurrentHashMap<>();
    private final Archive archive;
    private final OtherArchives others;
    private final Predicate<String> isSpoken;

    /** @param isSpoken tells whether a request is being spoken here */
    ArchiveSearches(Archive archive, OtherArchives others, Predicate<String> isSpoken) {
        this.archive = archive;
        this.others = others;
        this.isSpoken = isSpoken;
    }

    /**
     * Looks for the recording of a request, and emits it once it is kept here, or nothing if the request is to be spoken here. A search goes
     * on if nobody waits for it any more.
     */
    Mono<Optional<ArchivedFile>> of(String requestKey) {
        return Mono.defer(() -> {
            Sinks.One<Optional<ArchivedFile>> own = Sinks.one();
            Sinks.One<Optional<ArchivedFile>> known = running.putIfAbsent(requestKey, own);
            if (known == null) {
                begin(requestKey, own);
            }
            return (known == null ? own : known).asMono();
        });
    }

    private void begin(String requestKey, Sinks.One<Optional<ArchivedFile>> result) {
        archive.pending().begin(requestKey);
        var _ = others.find(requestKey)
                .map(Optional::of)
                .onErrorComplete()
                .defaultIfEmpty(Optional.empty())
                .publishOn(archive.time())
                .subscribe(found -> {
                    // Who waits begins to speak within this call, so that the request is pending all the time.
                    var _ = result.tryEmitValue(found);
                    running.remove(requestKey, result);
                    if (!isSpoken.test(requestKey)) {
                        archive.pending().end(requestKey);
                    }
                });
    }
}
