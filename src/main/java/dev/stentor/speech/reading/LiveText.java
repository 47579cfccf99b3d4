package dev.stentor.speech.reading;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;

/**
 * Speaks texts that are still being written: each segment as soon as it is settled and its turn has come, the next ones fetched
 * while one is heard. Thread-safe.
 *
 * <p>As with {@link LongText}, the samples of the segments are joined as they come, in order. Where a segment ends with less silence
 * than the pause at that border, zeros are added, and counted like all other samples; none is ever taken away. Whoever hears all that
 * there is, and must wait for the writer, gets 20 ms of that pause at once, so that the last sound before it is not held back.
 *
 * @param engine speaks the segments; closed by its owner
 * @param ahead segments fetched while one is heard; zero means none
 * @param pauses between the segments
 */
public record LiveText(SpeechEngine engine, int ahead, Pauses pauses) {

    public LiveText {
        if (ahead < 0) {
            throw new IllegalArgumentException("ahead must not be negative, was " + ahead);
        }
    }

    /**
     * The speech of a text, which ends when that has ended. Its marks count the segments that are known by then.
     *
     * @param request how to speak; its own text does not matter
     */
    public Speech speak(SpeechRequest request, SegmentList script) {
        return SegmentedSpeech.of(engine, request, script, ahead, pauses, SegmentedSpeech.START);
    }
}
