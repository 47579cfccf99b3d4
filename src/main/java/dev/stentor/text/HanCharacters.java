package dev.stentor.text;

import java.lang.Character.UnicodeScript;

/** A count of the Han characters of a text, which take about three times as long to speak as a letter. */
public final class HanCharacters {

    private HanCharacters() {}

    /** Returns the number of Han characters, counted by code points. */
    public static long in(String text) {
        return text.codePoints()
                .filter(codePoint -> UnicodeScript.of(codePoint) == UnicodeScript.HAN)
                .count();
    }
}
