/** Coding of speech as Opus, and of Opus as an Ogg stream. May use audio, and Concentus; knows neither the web nor Reactor. */
@NullMarked
package dev.stentor.codec;

import org.jspecify.annotations.NullMarked;
