package dev.stentor.text;

import java.util.Locale;
import java.util.Set;

/**
 * The places inside an English clause at which a speaker may take a breath: before a word that opens a phrase, such as <i>that</i> or
 * <i>with</i>. In other languages there is none.
 */
final class PhraseStarts {

    private static final Set<String> OPENERS = Set.of(
            "and",
            "but",
            "or",
            "nor",
            "that",
            "which",
            "who",
            "whom",
            "whose",
            "where",
            "when",
            "while",
            "because",
            "although",
            "though",
            "since",
            "unless",
            "until",
            "if",
            "whether",
            "than",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "with",
            "without",
            "into",
            "onto",
            "over",
            "under",
            "after",
            "before",
            "between",
            "among",
            "across",
            "through",
            "during",
            "against",
            "about",
            "behind",
            "beside",
            "beyond",
            "towards",
            "to");

    private static final int LONGEST = 8;

    private PhraseStarts() {}

    /** Tells whether a phrase begins at {@code at}: with an opener that stands behind a blank and a word that is none. */
    static boolean at(CharSequence text, int at) {
        if (at == 0 || text.charAt(at - 1) != ' ' || !isOpener(text, at, wordEnd(text, at))) {
            return false;
        }
        int end = at - 1;
        int from = end;
        while (from > 0 && Character.isLetter(text.charAt(from - 1)) && end - from <= LONGEST) {
            from--;
        }
        return from < end && !isOpener(text, from, end);
    }

    private static int wordEnd(CharSequence text, int from) {
        int to = from;
        while (to < text.length() && Character.isLetter(text.charAt(to)) && to - from <= LONGEST) {
            to++;
        }
        return to;
    }

    private static boolean isOpener(CharSequence text, int from, int to) {
        boolean isWord = to > from && to - from <= LONGEST && (to == text.length() || text.charAt(to) == ' ');
        return isWord && OPENERS.contains(text.subSequence(from, to).toString().toLowerCase(Locale.ROOT));
    }
}
