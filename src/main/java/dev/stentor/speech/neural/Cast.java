package dev.stentor.speech.neural;

import dev.stentor.speech.Language;

/** The voices of one utterance: one for each language. */
record Cast(NeuralVoice english, NeuralVoice mandarin) {

    NeuralVoice of(Language language) {
        return language == Language.CHINESE ? mandarin : english;
    }
}
