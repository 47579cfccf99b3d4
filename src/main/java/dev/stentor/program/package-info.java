/** Programs of this machine that the gateway runs, without a shell. May use: none; libraries: Reactor. */
@NullMarked
package dev.stentor.program;

import org.jspecify.annotations.NullMarked;
