package dev.stentor.speech.phonemes;

/**
 * A word or a sign, as MaryTTS found it.
 *
 * @param text as it stands in the text; an abbreviation that MaryTTS knows is written out
 * @param tag part of speech in the Penn Treebank's tags, such as {@code NN}; empty if unknown
 * @param sounds MaryTTS' phonemes, parted by blanks, with {@code -} between syllables and {@code '} or {@code ,} before one that is
 *     stressed; empty if it has none
 */
record MaryToken(String text, String tag, String sounds) {

    /** Tells whether this is punctuation. */
    boolean isSign() {
        return text.codePoints().noneMatch(Character::isLetter);
    }
}
