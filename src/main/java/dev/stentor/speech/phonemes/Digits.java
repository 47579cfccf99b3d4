package dev.stentor.speech.phonemes;

/** Digits of other scripts, which are read like those of ASCII. */
final class Digits {

    private Digits() {}

    /** Returns the text with every decimal digit as one of 0 to 9. */
    static String plain(String text) {
        if (text.codePoints().noneMatch(Digits::isForeign)) {
            return text;
        }
        var plain = new StringBuilder();
        text.codePoints()
                .forEach(codePoint ->
                        plain.appendCodePoint(isForeign(codePoint) ? '0' + Character.digit(codePoint, 10) : codePoint));
        return plain.toString();
    }

    private static boolean isForeign(int codePoint) {
        return codePoint > '9' && Character.isDigit(codePoint);
    }
}
