package dev.stentor.speech.phonemes;

/**
 * A word or a sign, as MaryTTS found it.
 *
 * @param text as it is spoken: numbers are written out
 * @param tag part of speech in the Penn Treebank's tags, such as {@code NN}; empty if unknown
 * @param sounds MaryTTS' phonemes, parted by blanks, with {@code -} between syllables and {@code '} or {@code ,} before one that is
 *     stressed; empty for a sign
 */
record MaryToken(String text, String tag, String sounds) {

    boolean isSign() {
        return sounds.isEmpty();
    }
}
