package dev.stentor.web.channels;

import dev.stentor.channel.TextProgress;
import dev.stentor.web.edge.JsonBody;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes that append to an open text, and end it. */
final class WritingApi {

    private final ChannelLookup lookup;
    private final JsonBody bodies;

    WritingApi(ChannelLookup lookup, JsonBody bodies) {
        this.lookup = lookup;
        this.bodies = bodies;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v1/channels/{channel}/utterances/{id}/text", this::write)
                .POST("/v1/channels/{channel}/utterances/{id}/end", this::end)
                .build();
    }

    private Mono<ServerResponse> write(ServerRequest request) {
        return bodies.read(request, TextBody.class)
                .map(TextBody::asPiece)
                .flatMap(piece -> lookup.find(request)
                        .write(request.pathVariable("id"), piece.seq(), Objects.requireNonNull(piece.text())))
                .transform(WritingApi::shown);
    }

    private Mono<ServerResponse> end(ServerRequest request) {
        return bodies.readOptional(request, TextBody.class, TextBody.EMPTY)
                .map(TextBody::asEnd)
                .flatMap(end -> lookup.find(request).end(request.pathVariable("id"), end.seq()))
                .transform(WritingApi::shown);
    }

    private static Mono<ServerResponse> shown(Mono<TextProgress> written) {
        return written.switchIfEmpty(
                        Mono.error(() -> ChannelLookup.notFound("id", "There is no such utterance on this channel.")))
                .flatMap(now -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(TextProgressView.of(now)));
    }
}
