package dev.stentor.speech.phonemes;

/**
 * A word or a sign of a text in words, as symbols; never without a symbol.
 *
 * @param from index of its first {@code char} in the text in words
 * @param to index behind its last {@code char}
 */
record SoundPart(String symbols, boolean isWord, int from, int to) {}
