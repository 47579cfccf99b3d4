/** Builds the graph, reads the configuration, shuts down in order. May use everything; nothing uses it. */
@NullMarked
package dev.stentor.app;

import org.jspecify.annotations.NullMarked;
