package dev.stentor.access;

import reactor.core.publisher.Mono;

/** A check of signed tokens. */
public interface TokenVerifier {

    /** Returns the caller of a valid token; empty if the token is not valid. Fails if that cannot be found out now. */
    Mono<Caller> verify(String token);
}
