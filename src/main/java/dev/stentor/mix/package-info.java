/** Mixing of several sounds into one, frame by frame, on the clock's thread. May use audio and the JDK. */
@NullMarked
package dev.stentor.mix;

import org.jspecify.annotations.NullMarked;
