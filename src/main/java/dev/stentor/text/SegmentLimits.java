package dev.stentor.text;

/**
 * The limits for the size of segments. Sizes are in <em>units</em> of speaking time: a CJK character is one unit, about 0.22 s; any other
 * character is 0.4, so that 2.5 Latin letters make one.
 *
 * @param firstUnits least size of the first segment, which ends at the first clause after it, so that sound begins early. Zero means that
 *     it ends at any clause
 * @param shortUnits size below which a segment is joined with the next one of its line
 * @param sentenceUnits size above which a sentence is cut at semicolons and ellipses
 * @param clauseUnits size above which the parts are then cut at commas, colons and dashes
 * @param hardUnits size above which the parts are then cut between words, or between characters if there are no words
 * @param maxCharacters most {@code char}s of a segment; an upstream's limit
 * @param growUnits size up to which the second segment takes in what follows, next lines included; each later one takes in up to twice as
 *     much as the one before, and never more than {@code hardUnits}. Zero means that segments do not grow
 */
public record SegmentLimits(
        double firstUnits,
        double shortUnits,
        double sentenceUnits,
        double clauseUnits,
        double hardUnits,
        int maxCharacters,
        double growUnits) {

    /** Limits for whole sentences of at most 300 characters, for an engine that gives the first sound before it has the last word. */
    public static final SegmentLimits SENTENCES = new SegmentLimits(10, 8, 60, 120, 200, 300);

    /** Creates limits for segments that do not grow. */
    public SegmentLimits(
            double firstUnits,
            double shortUnits,
            double sentenceUnits,
            double clauseUnits,
            double hardUnits,
            int maxCharacters) {
        this(firstUnits, shortUnits, sentenceUnits, clauseUnits, hardUnits, maxCharacters, 0);
    }

    /**
     * Returns limits for a service that takes so much in one request, and gives the first sound before it has the last word. The first
     * segment is a clause, so that sound begins early; then they double from about 13 s on, for the best melody. Sentences stay whole
     * where they can.
     *
     * @param mostUnits most units of one request
     * @param mostCharacters most {@code char}s of one request
     */
    public static SegmentLimits growing(double mostUnits, int mostCharacters) {
        return new SegmentLimits(
                10, Math.min(8, mostUnits), mostUnits, mostUnits, mostUnits, mostCharacters, Math.min(60, mostUnits));
    }

    public SegmentLimits {
        if (!(firstUnits >= 0) || !(shortUnits >= 0)) {
            throw new IllegalArgumentException(
                    "firstUnits and shortUnits must not be negative, were " + firstUnits + " and " + shortUnits);
        }
        if (!(sentenceUnits >= shortUnits) || !(clauseUnits >= sentenceUnits) || !(hardUnits >= clauseUnits)) {
            throw new IllegalArgumentException("shortUnits, sentenceUnits, clauseUnits, hardUnits must grow, were "
                    + shortUnits + ", " + sentenceUnits + ", " + clauseUnits + ", " + hardUnits);
        }
        if (!(growUnits >= 0)) {
            throw new IllegalArgumentException("growUnits must not be negative, was " + growUnits);
        }
        if (hardUnits < 1 || maxCharacters < 2) {
            throw new IllegalArgumentException(
                    "hardUnits must be at least 1 and maxCharacters 2, were " + hardUnits + " and " + maxCharacters);
        }
    }
}
