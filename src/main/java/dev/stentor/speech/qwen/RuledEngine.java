package dev.stentor.speech.qwen;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import java.util.Optional;

/**
 * An engine behind the rules of Qwen-TTS: a request that the service would refuse never reaches it. The length of a text is not checked:
 * it is not known here whether the text was split. Thread-safe if the engine is. See ADR 14.
 */
public final class RuledEngine implements SpeechEngine {

    private final SpeechEngine engine;
    private final QwenRules rules;

    /** Puts an engine behind the rules. */
    public RuledEngine(SpeechEngine engine, QwenRules rules) {
        this.engine = engine;
        this.rules = rules;
    }

    @Override
    public Speech speak(SpeechRequest request) {
        return rules.objection(request).map(Speech::failed).orElseGet(() -> engine.speak(rules.completed(request)));
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return rules.objection(request).or(() -> engine.objection(rules.completed(request)));
    }
}
