/**
 * One encoding of a channel's events for each format, handed to many listeners, each at its own speed. Uses broadcast.socket,
 * channel, clock, codec and audio; Netty's buffers and Jackson's writer.
 */
@NullMarked
package dev.stentor.broadcast;

import org.jspecify.annotations.NullMarked;
