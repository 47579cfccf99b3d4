/** A channel: the queue of utterances, played at speaking pace. May use speech.reading, speech, text, clock and audio; plain Java and Reactor. */
@NullMarked
package dev.stentor.channel;

import org.jspecify.annotations.NullMarked;
