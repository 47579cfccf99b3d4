/**
 * What the voices of this machine share: texts spoken sentence by sentence, on limited workers.
 * May use: speech, text, audio; libraries: Reactor, SLF4J.
 */
@NullMarked
package dev.stentor.speech.sentences;

import org.jspecify.annotations.NullMarked;
