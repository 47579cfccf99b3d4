package dev.stentor.speech.reading;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import java.util.Optional;

/**
 * Two engines as one: one for speed 1, and one for all other speeds. Thread-safe.
 *
 * @param normal speaks at speed 1
 * @param others speaks at other speeds
 */
public record SpeedRouter(SpeechEngine normal, SpeechEngine others) implements SpeechEngine {

    @Override
    public Speech speak(SpeechRequest request) {
        return chosen(request).speak(request);
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return chosen(request).objection(request);
    }

    private SpeechEngine chosen(SpeechRequest request) {
        return request.speed() == 1 ? normal : others;
    }
}
