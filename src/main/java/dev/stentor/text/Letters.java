package dev.stentor.text;

import java.lang.Character.UnicodeScript;

/** The kinds of characters. */
final class Letters {

    private static final int FIRST_CJK = 0x1100;

    private Letters() {}

    /**
     * Tells whether a character is CJK: written without blanks between words, and spoken as about one syllable. Full-width signs count as
     * well.
     */
    static boolean isCjk(int codePoint) {
        if (codePoint < FIRST_CJK) {
            return false;
        }
        if ((codePoint >= 0x3000 && codePoint <= 0x303f) || (codePoint >= 0xff00 && codePoint <= 0xffef)) {
            return true;
        }
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> false;
        };
    }

    /** Tells whether a character is a blank; no-break spaces are. */
    static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** Tells whether a character belongs to the one before it: accents, variation selectors, joiners. */
    static boolean isAttached(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> codePoint == 0x200d || (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff);
        };
    }

    /** Tells whether a character is a closing quote or bracket. */
    static boolean isCloser(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.END_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> codePoint == '"' || codePoint == '\'';
        };
    }

    /** Tells whether a character is an opening quote or bracket. */
    static boolean isOpener(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.START_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** Tells whether a character is a sign that never begins a segment. */
    static boolean isStop(int codePoint) {
        return isCloser(codePoint) || "。，、；：！？…—,.;:!?%".indexOf(codePoint) >= 0;
    }
}
