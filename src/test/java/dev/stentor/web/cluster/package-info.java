/** Tests of requests that nodes of a cluster pass on to each other. */
@NullMarked
package dev.stentor.web.cluster;

import org.jspecify.annotations.NullMarked;
