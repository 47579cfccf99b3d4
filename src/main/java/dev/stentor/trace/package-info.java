/**
 * The port to traces: steps of work that last for a while, without saying where they are sent.
 * May use: none; libraries: Reactor, SLF4J.
 */
@NullMarked
package dev.stentor.trace;

import org.jspecify.annotations.NullMarked;
