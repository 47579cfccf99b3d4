package dev.stentor.speech.phonemes;

/** A front end: it reads text of one language as the symbols that the Kokoro voices know. Thread-safe. */
@FunctionalInterface
public interface Phonemes {

    /**
     * Returns a text as symbols, with the words that they say. Blocks for some milliseconds, the first call for seconds. The same text
     * gives the same symbols.
     *
     * @throws IllegalStateException if a library that it needs fails; the message does not hold the text
     */
    ReadText of(String text);
}
