/** Coding of speech as Opus, and of Opus as an Ogg stream. May use: audio; libraries: Concentus. */
@NullMarked
package dev.stentor.codec;

import org.jspecify.annotations.NullMarked;
