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
 */
public record SegmentLimits(
        double firstUnits,
        double shortUnits,
        double sentenceUnits,
        double clauseUnits,
        double hardUnits,
        int maxCharacters) {

    /** Whole sentences, 300 characters at most: for an engine that makes the first sound before it has heard the last word. */
    public static final SegmentLimits SENTENCES = new SegmentLimits(10, 8, 60, 120, 200, 300);

    public SegmentLimits {
        if (!(firstUnits >= 0) || !(shortUnits >= 0)) {
            throw new IllegalArgumentException(
                    "firstUnits and shortUnits must not be negative, were " + firstUnits + " and " + shortUnits);
        }
        if (!(sentenceUnits >= shortUnits) || !(clauseUnits >= sentenceUnits) || !(hardUnits >= clauseUnits)) {
            throw new IllegalArgumentException("shortUnits, sentenceUnits, clauseUnits, hardUnits must grow, were "
                    + shortUnits + ", " + sentenceUnits + ", " + clauseUnits + ", " + hardUnits);
        }
        if (hardUnits < 1 || maxCharacters < 2) {
            throw new IllegalArgumentException(
                    "hardUnits must be at least 1 and maxCharacters 2, were " + hardUnits + " and " + maxCharacters);
        }
    }
}
