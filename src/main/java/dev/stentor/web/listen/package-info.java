/** Listening over WebSocket and plain HTTP: handshake, hello, close codes. Never uses another web room but edge. */
@NullMarked
package dev.stentor.web.listen;

import org.jspecify.annotations.NullMarked;
