package dev.stentor.testing;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechRequest;

/** Contract tests of the fake engine: if it broke the contract, tests that use it would prove nothing. */
class ScriptedEngineTest extends SpeechEngineContract {

    private final ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(4_800), 960);

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of("Five buffers of a twentieth of a second.");
    }
}
