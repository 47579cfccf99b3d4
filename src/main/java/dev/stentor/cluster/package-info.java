/** Everything that the nodes of a cluster share: leases, entries and texts of channels, and who is there. May use: clock; libraries: Reactor. */
@NullMarked
package dev.stentor.cluster;

import org.jspecify.annotations.NullMarked;
