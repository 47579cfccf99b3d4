package dev.stentor.text;

/** Kinds of places at which a text may be cut, the best ones first. */
enum CutPoints {
    /** After semicolons and ellipses. */
    SENTENCE("；;…"),
    /** After commas, colons and dashes as well. */
    CLAUSE("；;…，、,：:—"),
    /** Between words. */
    WORD("");

    private static final String NEEDS_A_BLANK = ",;:";
    private static final int MOST_CLOSERS = 3;

    private final String signs;

    CutPoints(String signs) {
        this.signs = signs;
    }

    /** Tells whether a segment may end before the character at {@code at}; there must be text on both sides. */
    boolean allows(CharSequence text, int at) {
        return this == WORD ? betweenWords(text, at) : afterSign(text, at);
    }

    private boolean afterSign(CharSequence text, int at) {
        int next = Character.codePointAt(text, at);
        if (Letters.isStop(next)) {
            return false;
        }
        int before = at - 1;
        for (int i = 0; i < MOST_CLOSERS && before > 0 && Letters.isCloser(text.charAt(before)); i++) {
            before--;
        }
        char sign = text.charAt(before);
        if (signs.indexOf(sign) < 0) {
            return false;
        }
        return NEEDS_A_BLANK.indexOf(sign) < 0 || Letters.isBlank(next) || Letters.isCjk(next);
    }

    private static boolean betweenWords(CharSequence text, int at) {
        int before = Character.codePointBefore(text, at);
        int next = Character.codePointAt(text, at);
        if (Letters.isBlank(next)) {
            return false;
        }
        if (Letters.isBlank(before)) {
            boolean amidDigits = at > 1 && Character.isDigit(text.charAt(at - 2)) && Character.isDigit(next);
            return !amidDigits;
        }
        return (Letters.isCjk(before) || Letters.isCjk(next)) && !Letters.isStop(next) && !Letters.isOpener(before);
    }
}
