/**
 * The recordings of all nodes of a cluster: which archive has or makes one, and its way into this archive.
 * May use: archive, cluster; libraries: Reactor, SLF4J.
 */
@NullMarked
package dev.stentor.archive.shared;

import org.jspecify.annotations.NullMarked;
