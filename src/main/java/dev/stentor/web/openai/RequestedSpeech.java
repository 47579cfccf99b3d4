package dev.stentor.web.openai;

import dev.stentor.speech.SpeechRequest;

/**
 * What one request asks for.
 *
 * @param speech what is to be spoken, in the engine's own names
 * @param languageMember by which name the client gave the language
 */
record RequestedSpeech(SpeechRequest speech, AudioFormat format, Delivery delivery, String languageMember) {

    /** How the sound travels. */
    enum Delivery {
        /** The body is the sound. */
        AUDIO,
        /** The body is a stream of server-sent events that hold the sound. */
        SSE
    }

    /** The same, synthesised anew. */
    RequestedSpeech anew() {
        return new RequestedSpeech(speech.anew(), format, delivery, languageMember);
    }
}
