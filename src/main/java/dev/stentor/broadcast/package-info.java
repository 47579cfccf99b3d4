/** Encode once, hand to many, each at its own speed: the ring of entries and its listeners. May use channel, clock and audio; Netty and Jackson's writer. */
@NullMarked
package dev.stentor.broadcast;

import org.jspecify.annotations.NullMarked;
