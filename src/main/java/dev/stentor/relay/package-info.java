/**
 * Channels that are spoken on one node of a cluster and heard on all: which node has a channel, what it tells the others, and what is heard
 * of it there.
 * May use: cluster, broadcast, channel, speech, clock, usage; libraries: Reactor, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.relay;

import org.jspecify.annotations.NullMarked;
