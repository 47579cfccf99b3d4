/** Tests of what the nodes of a cluster share. */
@NullMarked
package dev.stentor.cluster;

import org.jspecify.annotations.NullMarked;
