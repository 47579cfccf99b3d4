package dev.stentor.web.listen;

import dev.stentor.access.CommandCheck;
import dev.stentor.speech.SpeechEngine;
import java.util.function.BooleanSupplier;

/**
 * The rights of listeners besides listening, and their bounds.
 *
 * @param control the rights of listeners without a name; those with a name have the rights of their key
 * @param check the check of each command
 * @param engine the engine that is asked beforehand whether it can speak a text
 * @param maxTextCharacters the most characters of one text
 * @param overloaded asked before each new text; tells whether it is refused since there is too much to do
 */
public record ListenRights(
        ListenControl control,
        CommandCheck check,
        SpeechEngine engine,
        int maxTextCharacters,
        BooleanSupplier overloaded) {}
