/**
 * The shared parts of all speech services over HTTP: connections, event streams, failures.
 * May use: speech, trace; libraries: Reactor, Reactor Netty, Netty.
 */
@NullMarked
package dev.stentor.speech.http;

import org.jspecify.annotations.NullMarked;
