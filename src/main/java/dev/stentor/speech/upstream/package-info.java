/**
 * The guard before the speech services: limits of calls, new attempts, and failover to the next service.
 * May use: speech, trace; libraries: Reactor, Reactor Pool, Resilience4j, SLF4J.
 */
@NullMarked
package dev.stentor.speech.upstream;

import org.jspecify.annotations.NullMarked;
