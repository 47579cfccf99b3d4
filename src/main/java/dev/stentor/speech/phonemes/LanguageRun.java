package dev.stentor.speech.phonemes;

import dev.stentor.speech.Language;

/**
 * A stretch of a text in one language, with the blanks and signs that follow it.
 *
 * @param language {@link Language#ENGLISH} or {@link Language#CHINESE}
 */
public record LanguageRun(Language language, String text) {}
