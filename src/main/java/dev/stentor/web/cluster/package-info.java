/**
 * The way of requests about a channel to the node of the cluster that has it, whichever node they arrive at.
 * May use: web.edge, relay, cluster, broadcast, channel; libraries: Spring, Reactor, Reactor Netty, Netty, Jackson.
 */
@NullMarked
package dev.stentor.web.cluster;

import org.jspecify.annotations.NullMarked;
