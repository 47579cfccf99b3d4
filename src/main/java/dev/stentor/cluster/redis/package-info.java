/** Adapters that keep in Redis what the nodes of a cluster share. May use: cluster, clock, access, usage; libraries: Reactor, Lettuce, Netty, SLF4J. */
@NullMarked
package dev.stentor.cluster.redis;

import org.jspecify.annotations.NullMarked;
