package dev.stentor.text;

/**
 * How large segments may become. Sizes are in <em>units</em> of speaking time: a CJK character is one unit, about 0.22 s; any
 * other character 0.4, so that 2.5 Latin letters make one.
 *
 * @param firstUnits the first segment ends at the first clause that has at least this many: early sound. Zero: at any clause
 * @param shortUnits a segment with fewer is joined with the next one of its line
 * @param sentenceUnits a sentence with more is cut at semicolons and ellipses
 * @param clauseUnits what has more after that is cut at commas, colons and dashes
 * @param hardUnits what has more after that is cut between words, and where there are none, between characters
 * @param maxCharacters {@code char}s that no segment exceeds; an upstream's limit
 * @param growUnits the second segment takes in what follows, next lines included, up to this size; each later one up to twice as
 *     much as the one before, and never more than {@code hardUnits}. Zero: segments do not grow
 */
public record SegmentLimits(
        double firstUnits,
        double shortUnits,
        double sentenceUnits,
        double clauseUnits,
        double hardUnits,
        int maxCharacters,
        double growUnits) {

    /** Whole sentences, 300 characters at most: for an engine that makes the first sound before it has heard the last word. */
    public static final SegmentLimits SENTENCES = new SegmentLimits(10, 8, 60, 120, 200, 300);

    /** Segments that do not grow. */
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
     * For a service that takes so much in one request, and has a first word to say before it knows the last one: the first segment
     * is a clause, for early sound; then they double from about 13 s on, for the best melody. Sentences stay whole where they can.
     *
     * @param mostUnits what one request may hold
     * @param mostCharacters {@code char}s that one request may hold
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
