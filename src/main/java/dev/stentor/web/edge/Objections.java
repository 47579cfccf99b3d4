package dev.stentor.web.edge;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;

/** Asks an engine beforehand whether it can speak something at all. Thread-safe. */
public record Objections(SpeechEngine engine) {

    /** Speakable in every language, and by every voice. */
    private static final String NEUTRAL_TEXT = "1";

    /** Throws a {@link ProblemException} with the field that the engine objects to. Where there is no text yet, all else is looked at. */
    public void check(SpeechRequest request) {
        SpeechRequest asked = request.text().isBlank() ? request.withText(NEUTRAL_TEXT) : request;
        engine.objection(asked).ifPresent(wrong -> {
            throw Problem.invalid(wrong.field(), wrong.message())
                    .withCode(wrong.code())
                    .exception();
        });
    }
}
