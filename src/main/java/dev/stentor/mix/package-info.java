/** Several sounds become one, frame by frame, on the clock's thread. May use audio, clock and the JDK. */
@NullMarked
package dev.stentor.mix;

import org.jspecify.annotations.NullMarked;
