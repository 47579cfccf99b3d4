package dev.stentor.speech.phonemes;

import java.util.List;

/**
 * A text as symbols.
 *
 * @param symbols sounds, marks of stress or tone, blanks between words, and the signs {@code ; : , . ! ? — … " ( ) “ ”}, which shape the
 *     melody; empty if nothing of the text is spoken
 * @param words the words that are spoken, in order; they do not overlap, neither in the text nor in the symbols, and have all sounds. What
 *     is said in several words but written as one, such as a number, is one word
 */
public record ReadText(String symbols, List<ReadWord> words) {

    /** The reading of a text that says nothing. */
    public static final ReadText SILENT = new ReadText("", List.of());

    public ReadText {
        words = List.copyOf(words);
    }
}
