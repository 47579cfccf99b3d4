package dev.stentor.text;

/** What lies between two segments of a text. */
public enum Border {
    /** Nothing: a sentence goes on. */
    NONE,
    /** The end of a clause. */
    CLAUSE,
    /** The end of a sentence. */
    SENTENCE,
    /** The end of a line. */
    PARAGRAPH;

    private static final String SENTENCE_MARKS = ".!?。！？．…";
    private static final String CLAUSE_MARKS = ",;:，、；：—–-";

    /** What the end of a segment says, on the same line. */
    static Border after(String segment) {
        int last = segment.length() - 1;
        while (last > 0 && Letters.isCloser(segment.charAt(last))) {
            last--;
        }
        char mark = segment.charAt(last);
        if (SENTENCE_MARKS.indexOf(mark) >= 0) {
            return SENTENCE;
        }
        return CLAUSE_MARKS.indexOf(mark) >= 0 ? CLAUSE : NONE;
    }
}
