package dev.stentor.speech.local;

/** A voice that says one sentence for each call, as any persona. Called from several workers at once. */
interface PersonaVoice {

    /**
     * Says a sentence; see {@link dev.stentor.speech.sentences.SentenceVoice#speak}.
     *
     * @param sentence plain letters, digits and signs; see {@link Speakable#of}
     */
    byte[] speak(String sentence, Persona persona) throws Exception;
}
