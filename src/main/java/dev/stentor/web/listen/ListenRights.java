package dev.stentor.web.listen;

import dev.stentor.speech.SpeechEngine;

/**
 * What listeners may do besides listening.
 *
 * @param control which of it
 * @param engine asked beforehand whether it can speak a text at all
 * @param maxTextCharacters of one text
 */
public record ListenRights(ListenControl control, SpeechEngine engine, int maxTextCharacters) {}
