/** Mixing of several sounds into one, frame by frame, on the clock's thread. May use: audio; libraries: none. */
@NullMarked
package dev.stentor.mix;

import org.jspecify.annotations.NullMarked;
