package dev.stentor.web.cluster;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers to questions of other nodes, which nobody else can ask. Thread-safe. */
public interface PeerAnswers {

    /** Tells whether an address is one of these questions. */
    boolean isAt(String path);

    /** Answers a question of a node. */
    Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response);
}
