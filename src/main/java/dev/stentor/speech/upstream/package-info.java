/**
 * What stands before the services that speak: a line, patience, a way round those that fail. May use speech; Reactor, its pool, and
 * Resilience4j's circuit breaker.
 */
@NullMarked
package dev.stentor.speech.upstream;

import org.jspecify.annotations.NullMarked;
