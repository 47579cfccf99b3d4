/** Limits of what one caller may use. May use: none; libraries: Reactor. */
@NullMarked
package dev.stentor.usage;

import org.jspecify.annotations.NullMarked;
