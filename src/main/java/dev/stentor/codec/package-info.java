/**
 * Coding of speech as Opus, MP3 and FLAC, and of Opus as an Ogg stream.
 * May use: audio; libraries: Concentus, jump3r, java-flac-encoder.
 */
@NullMarked
package dev.stentor.codec;

import org.jspecify.annotations.NullMarked;
