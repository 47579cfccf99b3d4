package dev.stentor.usage;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** The port to the limits of callers. It answers asynchronously, since several nodes may have to share what is counted. */
public interface Quotas {

    /** Limits nothing. */
    Quotas NONE = _ -> Mono.just(Duration.ZERO);

    /**
     * Counts one request of a caller, as soon as it is subscribed to. Returns zero if the request may pass, else the time after which
     * another one may; a request that may not pass counts nothing. Never fails.
     */
    Mono<Duration> request(String caller);
}
