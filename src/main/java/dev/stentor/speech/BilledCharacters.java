package dev.stentor.speech;

import java.lang.Character.UnicodeScript;

/** How the Qwen-TTS service counts a text: a Han character is two, every other character one. */
public final class BilledCharacters {

    private BilledCharacters() {}

    /** The count, blanks and punctuation included; a character outside the basic plane is one as well. */
    public static long of(String text) {
        return text.codePoints()
                .mapToLong(codePoint -> UnicodeScript.of(codePoint) == UnicodeScript.HAN ? 2 : 1)
                .sum();
    }
}
