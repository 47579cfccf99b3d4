package dev.stentor.speech.local;

/** A voice that says one sentence for each call. Called from several workers at once. */
interface SentenceVoice {

    /**
     * Says a sentence. Blocks until all of its sound is made, and uses a whole core meanwhile.
     *
     * @return 24 kHz mono 16-bit little-endian; empty if the sentence has no sound. Owned by the caller
     * @throws Exception if it cannot; the message may hold the sentence and must not reach a log
     */
    byte[] speak(String sentence, Persona persona) throws Exception;
}
