/** Values and arithmetic of PCM sound: formats, units of time, whole samples, WAV files, filters. May use the JDK only. */
@NullMarked
package dev.stentor.audio;

import org.jspecify.annotations.NullMarked;
