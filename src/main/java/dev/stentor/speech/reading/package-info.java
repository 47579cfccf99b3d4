/**
 * Texts that are spoken segment by segment: too long for one request, or still being written; and at another speed.
 * May use: speech, text, audio; libraries: Reactor.
 */
@NullMarked
package dev.stentor.speech.reading;

import org.jspecify.annotations.NullMarked;
