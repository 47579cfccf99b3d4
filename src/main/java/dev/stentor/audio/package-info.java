/**
 * Values and arithmetic of PCM sound: formats, units of time, whole samples, WAV files, filters, the length of sound.
 * May use: none; libraries: none.
 */
@NullMarked
package dev.stentor.audio;

import org.jspecify.annotations.NullMarked;
