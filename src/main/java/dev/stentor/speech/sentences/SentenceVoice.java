package dev.stentor.speech.sentences;

/** A voice that says one sentence for each call, in one manner. Called from several workers at once. */
@FunctionalInterface
public interface SentenceVoice {

    /**
     * Says a sentence, or another segment of a text. Blocks until all of its sound is made, and uses whole cores meanwhile.
     *
     * @param goesOn whether its clause goes on behind it, so that its melody must not come to an end
     * @return its sound, and its words where the voice knows them
     * @throws Exception if it cannot; the message may hold the sentence and must not reach a log
     */
    SentenceSound speak(String sentence, boolean goesOn) throws Exception;
}
