package dev.stentor.channel;

import dev.stentor.speech.Speech;
import dev.stentor.speech.reading.LongText;

/**
 * The place at which an utterance failed and another one goes on.
 *
 * @param utterance id of the utterance that failed
 * @param segment index of the first segment that is spoken, from 0
 */
record ResumePoint(String utterance, int segment) {

    /** Returns the speech from that segment on. The segments before it are made again, which costs nothing if they are archived. */
    Speech of(Speech whole) {
        return segment == 0 ? whole : LongText.from(whole, segment);
    }
}
