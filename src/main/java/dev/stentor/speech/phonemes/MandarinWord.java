package dev.stentor.speech.phonemes;

import java.util.List;

/**
 * A Chinese word and how its characters are read.
 *
 * @param text Han characters only
 * @param syllables one for each character, unless a character has none
 */
record MandarinWord(String text, List<Syllable> syllables) {

    MandarinWord {
        syllables = List.copyOf(syllables);
    }
}
