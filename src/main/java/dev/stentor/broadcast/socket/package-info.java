/**
 * The way from one connection's messages to its socket: through Netty's queue, straight, or many in one system call. Uses no
 * other room; Netty and a log.
 * May use: none; libraries: Netty, SLF4J.
 */
@NullMarked
package dev.stentor.broadcast.socket;

import org.jspecify.annotations.NullMarked;
