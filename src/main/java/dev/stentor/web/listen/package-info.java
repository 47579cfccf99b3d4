/**
 * The listener protocol over WebSocket, and listening over plain HTTP: handshake, hello, close codes. Uses channel, broadcast
 * and broadcast.socket, and of the web rooms edge alone.
 */
@NullMarked
package dev.stentor.web.listen;

import org.jspecify.annotations.NullMarked;
