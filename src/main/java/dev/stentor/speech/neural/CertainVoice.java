package dev.stentor.speech.neural;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import java.util.Optional;

/**
 * An engine that has no sound kept that may be in another voice than the same request gets later: as long as it is not known who speaks, and
 * while the natural voice is too busy. Thread-safe.
 *
 * @param natural the natural voice
 * @param kept an engine that keeps its sound
 */
public record CertainVoice(NeuralEngine natural, SpeechEngine kept) implements SpeechEngine {

    @Override
    public Speech speak(SpeechRequest request) {
        return kept.speak(certain(request));
    }

    @Override
    public Speech kept(SpeechRequest request, Speech speech) {
        return kept.kept(certain(request), speech);
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return kept.objection(request);
    }

    private SpeechRequest certain(SpeechRequest request) {
        boolean certain = !(natural.state() instanceof NaturalState.Starting) && !natural.gives();
        return certain ? request : request.anew();
    }
}
