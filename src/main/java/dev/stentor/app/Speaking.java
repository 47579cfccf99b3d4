package dev.stentor.app;

import dev.stentor.speech.LongText;
import dev.stentor.speech.SpeechEngine;

/**
 * What the APIs speak with: the engine, recorded.
 *
 * @param oneRequest takes what the engine takes in one request
 * @param wholeTexts takes texts of any length
 */
record Speaking(SpeechEngine oneRequest, LongText wholeTexts) {

    /** The parts of a long text are kept and shared like any request; the whole is kept besides. */
    static Speaking of(Engine engine, Archiving archiving) {
        SpeechEngine oneRequest = archiving.over(engine.speech(), engine.description());
        return new Speaking(
                oneRequest, new LongText(oneRequest, engine.limits(), LongText.AHEAD, archiving.recorder(oneRequest)));
    }
}
