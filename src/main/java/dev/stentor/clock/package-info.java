/** The one thread that ticks for all channels, and its virtual twin for tests. May use the JDK only. */
@NullMarked
package dev.stentor.clock;

import org.jspecify.annotations.NullMarked;
