/**
 * Limits of every connection before a request is understood: how many there are, and how long a client may take to send a
 * request.
 * May use: none; libraries: Netty, SLF4J.
 */
@NullMarked
package dev.stentor.web.connection;

import org.jspecify.annotations.NullMarked;
