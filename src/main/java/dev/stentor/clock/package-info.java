/** The one thread that owns time and ticks for all channels. May use the JDK only. */
@NullMarked
package dev.stentor.clock;

import org.jspecify.annotations.NullMarked;
