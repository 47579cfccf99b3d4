package dev.stentor.speech.phonemes;

/** A front end: it reads text of one language as the symbols that the Kokoro voices know. Thread-safe. */
@FunctionalInterface
public interface Phonemes {

    /**
     * Returns the symbols of a text: sounds, marks of stress or tone, blanks between words, and the signs {@code ; : , . ! ? — … " ( ) “ ”},
     * which shape the melody. Empty if nothing of it is spoken. Blocks for some milliseconds, the first call for seconds. The same text gives
     * the same symbols.
     *
     * @throws IllegalStateException if a library that it needs fails; the message does not hold the text
     */
    String of(String text);
}
