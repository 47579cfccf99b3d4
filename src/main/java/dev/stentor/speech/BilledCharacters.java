package dev.stentor.speech;

import java.lang.Character.UnicodeScript;

/** The count of characters by which the Qwen-TTS service bills a text: a Han character is two, every other character one. */
public final class BilledCharacters {

    private BilledCharacters() {}

    /** Returns the count, blanks and punctuation included; a character outside the basic plane is one as well. */
    public static long of(String text) {
        return text.codePoints()
                .mapToLong(codePoint -> UnicodeScript.of(codePoint) == UnicodeScript.HAN ? 2 : 1)
                .sum();
    }
}
