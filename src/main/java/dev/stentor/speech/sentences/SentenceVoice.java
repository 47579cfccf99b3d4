package dev.stentor.speech.sentences;

/** A voice that says one sentence for each call, in one manner. Called from several workers at once. */
@FunctionalInterface
public interface SentenceVoice {

    /**
     * Says a sentence, or another segment of a text. Blocks until all of its sound is made, and uses whole cores meanwhile.
     *
     * @return its sound, and its words where the voice knows them
     * @throws Exception if it cannot; the message may hold the sentence and must not reach a log
     */
    SentenceSound speak(String sentence) throws Exception;
}
