package dev.stentor.web.edge;

import dev.stentor.speech.BilledCharacters;

/** The header in which an answer that costs something tells how many characters were set apart for it. */
public final class CharacterCount {

    /** Name of the header. */
    public static final String HEADER = "X-Characters";

    private CharacterCount() {}

    /** Returns the value for a text. */
    public static String of(String text) {
        return Long.toString(BilledCharacters.of(text));
    }
}
