/** Coding of speech as Opus, and of Opus as an Ogg stream. May use: audio; libraries: Concentus, jump3r. */
@NullMarked
package dev.stentor.codec;

import org.jspecify.annotations.NullMarked;
