/** The one thread that owns time and ticks for all channels. May use: none; libraries: none. */
@NullMarked
package dev.stentor.clock;

import org.jspecify.annotations.NullMarked;
