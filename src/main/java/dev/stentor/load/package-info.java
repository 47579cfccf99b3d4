/** The load of the process, measured, and whether new work is refused for it. May use: clock; libraries: SLF4J. */
@NullMarked
package dev.stentor.load;

import org.jspecify.annotations.NullMarked;
