/** A local program that the operator names: text in, sound out. May use: speech, program, audio; libraries: Reactor, SLF4J. */
@NullMarked
package dev.stentor.speech.command;

import org.jspecify.annotations.NullMarked;
