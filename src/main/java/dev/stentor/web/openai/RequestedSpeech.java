package dev.stentor.web.openai;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;

/**
 * The content of one request.
 *
 * @param speech speech to synthesise, in the engine's own names
 * @param format format of the sound
 * @param delivery form of the answer's body
 * @param languageMember name of the member in which the client gave the language
 */
record RequestedSpeech(SpeechRequest speech, AudioFormat format, Delivery delivery, String languageMember) {

    /** The form of an answer's body. */
    enum Delivery {
        /** The body is the sound. */
        AUDIO,
        /** The body is a stream of server-sent events that hold the sound. */
        SSE
    }

    /** Returns a copy that is charged to this. */
    RequestedSpeech chargedTo(Charge charge) {
        return new RequestedSpeech(speech.chargedTo(charge), format, delivery, languageMember);
    }

    /** Returns a copy that asks for new synthesis, even if a recording exists. */
    RequestedSpeech anew() {
        return new RequestedSpeech(speech.anew(), format, delivery, languageMember);
    }
}
