package dev.stentor.archive.shared;

import dev.stentor.archive.RecordingHead;
import dev.stentor.cluster.ClusterNode;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The port to the archives of other nodes, which are asked directly. Fails in any way if a node does not answer well. Thread-safe. */
public interface PeerArchives {

    /** Emits the description of the recording of a request, which the node may be making just now; empty if it has none. */
    Mono<RecordingHead> awaited(ClusterNode node, String requestKey);

    /** Emits the description of a recording; empty if the node does not have it. */
    Mono<RecordingHead> head(ClusterNode node, String id);

    /** Emits the sound of a recording, as it is demanded. */
    Flux<ByteBuffer> sound(ClusterNode node, String id);
}
