/**
 * What stands before the services that speak: a line, patience, a way round those that fail.
 * May use: speech; libraries: Reactor, Reactor Pool, Resilience4j, SLF4J.
 */
@NullMarked
package dev.stentor.speech.upstream;

import org.jspecify.annotations.NullMarked;
