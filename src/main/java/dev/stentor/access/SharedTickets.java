package dev.stentor.access;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The port to tickets that several nodes share. They are kept by the hash of the ticket, so that nobody who reads them can use one.
 * Nothing is done before an answer is subscribed to; one that fails may or may not have worked. Thread-safe.
 */
public interface SharedTickets {

    /** Keeps what a ticket stands for, until its lifetime is over. */
    Mono<Void> keep(String hash, String ticket, Duration lifetime);

    /** Emits what a ticket stands for; empty if it is over, used up, or was never there. */
    Mono<String> find(String hash);

    /** Uses a ticket up. Emits true for one of all who do that. */
    Mono<Boolean> use(String hash);
}
