package dev.stentor.archive;

import reactor.core.publisher.Mono;

/** The port to the archives of other gateways that share their recordings with this one. Thread-safe. See ADR 53. */
public interface OtherArchives {

    /**
     * Looks for the recording of a request that is not in this archive, and waits a while if another gateway is making it. Emits it once it is kept
     * here; empty if it is to be spoken here, which the others are told. Never fails.
     */
    Mono<ArchivedFile> find(String requestKey);

    /**
     * Takes note that a request was spoken here.
     *
     * @param kept whether there is a recording of it now
     */
    void over(String requestKey, boolean kept);

    /**
     * Fetches a recording of another archive. Emits it once it is kept here; empty if that archive does not have it any more. Fails with {@link
     * UnreachableArchiveException} if it cannot be fetched just now; nothing is kept then.
     */
    Mono<ArchivedFile> fetch(String archive, String id);
}
