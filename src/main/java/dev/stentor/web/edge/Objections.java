package dev.stentor.web.edge;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;

/** A check with the engine, before a request is taken, whether it can be spoken at all. Thread-safe. */
public record Objections(SpeechEngine engine) {

    /** A text that every voice can speak in every language. */
    private static final String NEUTRAL_TEXT = "1";

    /**
     * Checks a request. Throws a {@link ProblemException} with the field that the engine objects to. If there is no text yet,
     * only the other fields are checked.
     */
    public void check(SpeechRequest request) {
        SpeechRequest asked = request.text().isBlank() ? request.withText(NEUTRAL_TEXT) : request;
        engine.objection(asked).ifPresent(wrong -> {
            throw SpeechProblem.of(wrong);
        });
    }
}
