/**
 * The listener protocol over WebSocket, and listening over plain HTTP: handshake, hello, close codes. Uses channel, broadcast
 * and broadcast.socket, and of the web rooms edge alone.
 * May use: web.edge, access, channel, broadcast, speech, codec, audio, broadcast.socket, trace, usage; libraries: Spring,
 * Reactor, Reactor Netty, Netty, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.web.listen;

import org.jspecify.annotations.NullMarked;
