package dev.stentor.speech.neural;

import dev.stentor.speech.SpokenWord;
import dev.stentor.speech.phonemes.ReadWord;
import java.util.ArrayList;
import java.util.List;

/** The words of one sentence and where they are in its sound, as it is put together. Confined to one thread. */
final class WordTimes {

    private final List<SpokenWord> words = new ArrayList<>();

    /**
     * Adds the words of a part, whose sound was added.
     *
     * @param read the words of the text that the part belongs to; others than those of the part are left out
     * @param from index of that text in the sentence
     * @param part the symbols of the part
     * @param times where they are in the sound of the part
     * @param added where that is in the sound of the sentence
     */
    void add(List<ReadWord> read, int from, SymbolNumbers part, SymbolTimes times, SpokenSound.Added added) {
        for (ReadWord word : read) {
            int first = part.indexOf(word.firstSymbol());
            int end = part.indexOf(word.endSymbol());
            if (first < end) {
                add(new SpokenWord(
                        from + word.from(),
                        from + word.to(),
                        added.placeOf(times.first(first)),
                        added.placeOf(times.end(end - 1))));
            }
        }
    }

    /** Adds a word, or the rest of one that began in the part before. */
    private void add(SpokenWord word) {
        boolean rest = !words.isEmpty() && words.getLast().from() == word.from();
        long first = rest ? words.removeLast().firstSample() : word.firstSample();
        words.add(new SpokenWord(word.from(), word.to(), first, word.endSample()));
    }

    /** Returns the words in order. */
    List<SpokenWord> words() {
        return words;
    }
}
