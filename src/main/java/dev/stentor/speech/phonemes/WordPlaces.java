package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text, found again in the original. Parts that stand for the same characters, or for some of them, are one word.
 * Confined to one thread.
 */
final class WordPlaces {

    private final String original;
    private final TracedText written;
    private final List<ReadWord> words = new ArrayList<>();
    /** First symbol of parts that stand for no character and have no word before them; -1 if there are none. */
    private int homeless = -1;

    /**
     * Creates places of which none is found yet.
     *
     * @param written the text in words, as it was made of the original
     */
    WordPlaces(String original, TracedText written) {
        this.original = original;
        this.written = written;
    }

    /** Adds the next part that is a word. */
    void add(SoundPart part, int firstSymbol, int endSymbol) {
        int from = written.from(part.from());
        int to = written.to(part.to() - 1);
        while (from < to && Character.isWhitespace(original.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(original.charAt(to - 1))) {
            to--;
        }
        while (to > from && to < original.length() && isMark(original.charAt(to))) {
            to++;
        }
        add(from, to, firstSymbol, endSymbol);
    }

    private void add(int from, int to, int firstSymbol, int endSymbol) {
        ReadWord last = words.isEmpty() ? null : words.getLast();
        if (last != null && (from < last.to() || to <= from)) {
            words.set(
                    words.size() - 1,
                    new ReadWord(Math.min(from, last.from()), Math.max(to, last.to()), last.firstSymbol(), endSymbol));
        } else if (to > from) {
            words.add(new ReadWord(from, to, homeless < 0 ? firstSymbol : homeless, endSymbol));
            homeless = -1;
        } else if (homeless < 0) {
            homeless = firstSymbol;
        }
    }

    /** Returns the words in order. */
    List<ReadWord> words() {
        return words;
    }

    private static boolean isMark(char letter) {
        return Character.getType(letter) == Character.NON_SPACING_MARK;
    }
}
