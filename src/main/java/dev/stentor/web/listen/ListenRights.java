package dev.stentor.web.listen;

import dev.stentor.speech.SpeechEngine;

/**
 * The rights of listeners besides listening, and their bounds.
 *
 * @param control the rights
 * @param engine the engine that is asked beforehand whether it can speak a text
 * @param maxTextCharacters the most characters of one text
 */
public record ListenRights(ListenControl control, SpeechEngine engine, int maxTextCharacters) {}
