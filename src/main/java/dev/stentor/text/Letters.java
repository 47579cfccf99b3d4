package dev.stentor.text;

import java.lang.Character.UnicodeScript;

/** What kind of character one is. */
final class Letters {

    private static final int FIRST_CJK = 0x1100;

    private Letters() {}

    /** Whether it is written without blanks between words and spoken as about one syllable, or is the full-width sign beside. */
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

    /** Any blank, the unbreakable ones included. */
    static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** Whether it belongs to the character before it: accents, variation selectors, joiners. */
    static boolean isAttached(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> codePoint == 0x200d || (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff);
        };
    }

    /** Quotes and brackets that end something. */
    static boolean isCloser(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.END_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> codePoint == '"' || codePoint == '\'';
        };
    }

    /** Quotes and brackets that begin something. */
    static boolean isOpener(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.START_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** Signs that never begin a segment. */
    static boolean isStop(int codePoint) {
        return isCloser(codePoint) || "。，、；：！？…—,.;:!?%".indexOf(codePoint) >= 0;
    }
}
