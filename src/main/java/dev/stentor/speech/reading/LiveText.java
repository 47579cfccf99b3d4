package dev.stentor.speech.reading;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;

/**
 * A speaker of texts that are still being written. It speaks each segment as soon as it is settled and all before it was heard, and
 * fetches the next ones meanwhile. Thread-safe.
 *
 * <p>As with {@link LongText}, the samples of the segments are joined as they come, in order. Where a segment ends with less silence
 * than the pause at that border, zeros are added, and counted like all other samples; nothing is ever taken away. A listener who has heard
 * everything, and must wait for the writer, gets 20 ms of that pause at once, so that the last sound before it is not held back.
 *
 * @param engine speaks the segments, and keeps the whole; closed by its owner
 * @param ahead number of segments fetched while one is heard
 * @param pauses between the segments
 * @param bound most sound for what was written and begun so far
 */
public record LiveText(SpeechEngine engine, int ahead, Pauses pauses, SoundBound bound) {

    public LiveText {
        if (ahead < 0) {
            throw new IllegalArgumentException("ahead must not be negative, was " + ahead);
        }
    }

    /**
     * Speaks a text; the speech ends when the text has ended. Its marks count the segments that are known by then.
     *
     * @param request how to speak; its own text does not matter
     */
    public Speech speak(SpeechRequest request, SegmentList segments) {
        return engine.kept(
                request,
                SegmentedSpeech.of(engine, request, segments, ahead, pauses, SegmentedSpeech.START, bound, () -> {}));
    }
}
