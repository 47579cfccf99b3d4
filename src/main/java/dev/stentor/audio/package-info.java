/** PCM values and arithmetic: format, sample-aligned buffers, WAV, filters. May use the JDK only. */
@NullMarked
package dev.stentor.audio;

import org.jspecify.annotations.NullMarked;
