/** Limits of what one caller may use. May use: none; libraries: Reactor, SLF4J. */
@NullMarked
package dev.stentor.usage;

import org.jspecify.annotations.NullMarked;
