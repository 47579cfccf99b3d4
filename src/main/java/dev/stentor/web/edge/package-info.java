/**
 * Tools that all HTTP APIs share: problem details, limits, request bodies, uploads.
 * May use: speech, load, trace, usage; libraries: Spring, Reactor, Reactor Netty, Netty, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.web.edge;

import org.jspecify.annotations.NullMarked;
