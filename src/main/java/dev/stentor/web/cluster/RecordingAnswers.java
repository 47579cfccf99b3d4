package dev.stentor.web.cluster;

import dev.stentor.archive.RecordingCopies;
import dev.stentor.archive.RecordingHead;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The answers to nodes that ask for recordings of this one. Thread-safe. */
public final class RecordingAnswers implements PeerAnswers {

    /** The address of the description of a recording; its id follows. */
    static final String RECORDINGS = "/v1/cluster/recordings/";

    /** The address of the description of a request's recording, which is waited for while it is made; the request's key follows. */
    static final String REQUESTS = "/v1/cluster/requests/";

    /** The address of a recording's sound; its id follows. */
    static final String SOUNDS = "/v1/cluster/sounds/";

    private static final JsonMapper JSON = new JsonMapper();

    private final RecordingCopies copies;

    /** Creates the answers. */
    public RecordingAnswers(RecordingCopies copies) {
        this.copies = copies;
    }

    @Override
    public boolean isAt(String path) {
        return path.startsWith(RECORDINGS) || path.startsWith(REQUESTS) || path.startsWith(SOUNDS);
    }

    @Override
    public Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response) {
        String path = request.getPath().pathWithinApplication().value();
        if (path.startsWith(SOUNDS)) {
            return sound(path.substring(SOUNDS.length()), response);
        }
        return (path.startsWith(REQUESTS)
                        ? copies.awaited(path.substring(REQUESTS.length()))
                        : copies.head(path.substring(RECORDINGS.length())))
                .map(JSON::writeValueAsBytes)
                .flatMap(bytes -> response.writeWith(
                                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)))
                        .thenReturn(true))
                .switchIfEmpty(Mono.defer(() -> notFound(response).thenReturn(true)))
                .then();
    }

    private Mono<Void> sound(String id, ServerHttpResponse response) {
        DataBufferFactory buffers = response.bufferFactory();
        return copies.head(id)
                .map(RecordingHead::id)
                .flatMap(found -> response.writeWith(copies.sound(found).map(buffers::wrap))
                        .thenReturn(true))
                .switchIfEmpty(Mono.defer(() -> notFound(response).thenReturn(true)))
                .then();
    }

    private static Mono<Void> notFound(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.NOT_FOUND);
        return response.setComplete();
    }
}
