package dev.stentor.speech.local;

/** Says one sentence at a time. Called from several workers at once. */
interface SentenceVoice {

    /**
     * Says a sentence; blocks until all of it is made, and uses a whole core meanwhile.
     *
     * @return 24 kHz mono 16-bit little-endian; empty if the sentence has no sound. Owned by the caller
     * @throws Exception if it cannot; the message may hold the sentence and must not reach a log
     */
    byte[] speak(String sentence, Persona persona) throws Exception;
}
