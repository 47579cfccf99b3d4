package dev.stentor.speech.phonemes;

/**
 * A word of a text, and the symbols that say it.
 *
 * @param from index of its first {@code char} in the text
 * @param to index behind its last {@code char}; behind {@code from}
 * @param firstSymbol index of its first symbol
 * @param endSymbol index behind its last symbol; behind {@code firstSymbol}
 */
public record ReadWord(int from, int to, int firstSymbol, int endSymbol) {

    public ReadWord {
        if (from < 0 || to <= from || firstSymbol < 0 || endSymbol <= firstSymbol) {
            throw new IllegalArgumentException(
                    "no word: " + from + " to " + to + ", symbols " + firstSymbol + " to " + endSymbol);
        }
    }
}
