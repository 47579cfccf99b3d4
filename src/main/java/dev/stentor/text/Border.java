package dev.stentor.text;

/** The border between two segments of a text. */
public enum Border {
    /** No border: a sentence goes on. */
    NONE,
    /** The end of a clause. */
    CLAUSE,
    /** The end of a sentence. */
    SENTENCE,
    /** The end of a line. */
    PARAGRAPH;

    private static final String SENTENCE_STOPS = ".!?。！？．…";
    private static final String CLAUSE_STOPS = ",;:，、；：—–-";

    /** Returns the border behind a segment of the same line, as the segment's end tells it. */
    static Border after(String segment) {
        int last = segment.length() - 1;
        while (last > 0 && Letters.isCloser(segment.charAt(last))) {
            last--;
        }
        char stop = segment.charAt(last);
        if (SENTENCE_STOPS.indexOf(stop) >= 0) {
            return SENTENCE;
        }
        return CLAUSE_STOPS.indexOf(stop) >= 0 ? CLAUSE : NONE;
    }
}
