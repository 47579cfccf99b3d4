/**
 * The way from one connection's messages to its socket: through Netty's queue, straight, or many in one system call. Uses no
 * other room; Netty alone.
 * May use: none; libraries: Netty.
 */
@NullMarked
package dev.stentor.broadcast.socket;

import org.jspecify.annotations.NullMarked;
