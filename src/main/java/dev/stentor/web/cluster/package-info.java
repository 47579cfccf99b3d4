/**
 * The way of requests about a channel to the node of the cluster that has it, whichever node they arrive at, and of recordings to the nodes
 * that ask for them. May use: web.edge, relay, cluster, archive.shared, archive, broadcast, channel, access, usage;
 * libraries: Spring, Reactor, Reactor Netty, Netty, Jackson, SLF4J.
 */
@NullMarked
package dev.stentor.web.cluster;

import org.jspecify.annotations.NullMarked;
