package dev.stentor.speech.qwen;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.TextLimit;

/** The limits within which texts are cut for the models of Qwen-TTS. */
public final class QwenTextLimits {

    /** Limit of Qwen3-TTS: 600 characters. It is not known whether it counts Han characters twice here too; to be safe, they do. */
    static final TextLimit QWEN3 = TextLimit.characters(600);

    /** Limit of the first generation: 512 tokens, which can only be estimated here. */
    static final TextLimit QWEN = TextLimit.tokens(512);

    private QwenTextLimits() {}

    /** Returns the limit of the model that a request names. */
    public static TextLimit of(SpeechRequest request) {
        String model = request.model();
        return model != null && model.startsWith("qwen-tts") ? QWEN : QWEN3;
    }
}
