/** Redis as the tests start it, on the loopback address, and what the cluster does with it and without it. */
@NullMarked
package dev.stentor.cluster.redis;

import org.jspecify.annotations.NullMarked;
