/**
 * Voices made for one account: how to ask for them, where they are made, and which are known.
 * May use: speech; libraries: Reactor.
 */
@NullMarked
package dev.stentor.speech.voices;

import org.jspecify.annotations.NullMarked;
