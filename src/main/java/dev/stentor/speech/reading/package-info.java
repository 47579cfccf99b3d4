/** Texts that are spoken segment by segment: too long for one request, or still being written. May use speech, text and audio. */
@NullMarked
package dev.stentor.speech.reading;

import org.jspecify.annotations.NullMarked;
