package dev.stentor.speech.phonemes;

/**
 * A word or a sign, as MaryTTS found it.
 *
 * @param text as it stands in the text; an abbreviation that MaryTTS knows is written out
 * @param tag part of speech in the Penn Treebank's tags, such as {@code NN}; empty if unknown
 * @param sounds MaryTTS' phonemes, parted by blanks, with {@code -} between syllables and {@code '} or {@code ,} before one that is
 *     stressed; empty if it has none
 * @param from index in the text of the first {@code char} that it stands for
 * @param to index behind the last one; tokens of one abbreviation have the same place
 */
record MaryToken(String text, String tag, String sounds, int from, int to) {

    /** Creates a part of a word, which has no place of its own. */
    MaryToken(String text, String tag, String sounds) {
        this(text, tag, sounds, 0, 0);
    }

    /** Returns the same token at a place in the text. */
    MaryToken at(int newFrom, int newTo) {
        return new MaryToken(text, tag, sounds, newFrom, newTo);
    }

    /** Returns the same token as another part of speech. */
    MaryToken as(String newTag) {
        return new MaryToken(text, newTag, sounds, from, to);
    }

    /** Tells whether this is punctuation. */
    boolean isSign() {
        return text.codePoints().noneMatch(Character::isLetter);
    }
}
