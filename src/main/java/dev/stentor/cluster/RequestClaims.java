package dev.stentor.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The port to the knowledge which archive has, or is about to have, the recording of a request, so that the nodes make it once. A claim
 * binds nobody: who does not get the recording there makes its own. Works and fails as {@link ClusterBus} does. Thread-safe.
 */
public interface RequestClaims {

    /**
     * Claims a request for an archive, unless another one has claimed it. Emits the archive that has the claim now; one's own claim lasts the new
     * time.
     *
     * @param request key of the request, which does not tell what it says
     * @param failed archive whose claim does not count, since it did not have the recording; null if there is none
     */
    Mono<String> claim(String request, String archive, Duration ttl, @Nullable String failed);

    /** Gives a claim back; does nothing if another archive has it. */
    Mono<Void> release(String request, String archive);
}
