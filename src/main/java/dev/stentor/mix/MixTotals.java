package dev.stentor.mix;

/**
 * What befell a mixer and its sources since it was made, those that are over included.
 *
 * @param shortages how often a source ran dry while it was to play
 * @param skippedSamples of sources of which too much waited
 * @param faultySamples that were no numbers, or too large for any sound
 * @param limitedFrames that the limiter made quieter
 */
public record MixTotals(long shortages, long skippedSamples, long faultySamples, long limitedFrames) {

    /** Nothing yet. */
    public static final MixTotals NONE = new MixTotals(0, 0, 0, 0);

    /** Both together. */
    public MixTotals plus(MixTotals other) {
        return new MixTotals(
                shortages + other.shortages,
                skippedSamples + other.skippedSamples,
                faultySamples + other.faultySamples,
                limitedFrames + other.limitedFrames);
    }

    /** What has come since an earlier one. */
    public MixTotals since(MixTotals earlier) {
        return new MixTotals(
                shortages - earlier.shortages,
                skippedSamples - earlier.skippedSamples,
                faultySamples - earlier.faultySamples,
                limitedFrames - earlier.limitedFrames);
    }
}
