package dev.stentor.channel;

import dev.stentor.speech.Speech;
import dev.stentor.speech.reading.LongText;

/**
 * Where an utterance goes on that another one left off.
 *
 * @param utterance the other one's id
 * @param segment the part of the text that is spoken first, from 0
 */
record ResumePoint(String utterance, int segment) {

    /** The sound from that part on. What comes before it is made again, which costs nothing where it was kept, and not heard. */
    Speech of(Speech whole) {
        return segment == 0 ? whole : LongText.from(whole, segment);
    }
}
