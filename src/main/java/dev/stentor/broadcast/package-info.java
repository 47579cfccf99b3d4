/**
 * One encoding of a channel's events for each format, handed to many listeners, each at its own speed. Uses broadcast.socket,
 * channel, clock, codec and audio; Netty's buffers and Jackson's writer.
 * May use: channel, clock, codec, audio, broadcast.socket; libraries: Reactor, Netty, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.broadcast;

import org.jspecify.annotations.NullMarked;
