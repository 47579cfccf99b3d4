package dev.stentor.mix;

/**
 * Totals so far of a mixer and its sources, also of sources that are over: shortages, skipped and faulty samples, limited frames.
 *
 * @param shortages how often a source ran dry while it was to play
 * @param skippedSamples number of samples that sources dropped because too many waited
 * @param faultySamples number of samples that were no numbers, or too large for any sound
 * @param limitedFrames number of frames that the limiter made quieter
 */
public record MixTotals(long shortages, long skippedSamples, long faultySamples, long limitedFrames) {

    /** Totals of zero. */
    public static final MixTotals NONE = new MixTotals(0, 0, 0, 0);

    /** Returns the sum of both. */
    public MixTotals plus(MixTotals other) {
        return new MixTotals(
                shortages + other.shortages,
                skippedSamples + other.skippedSamples,
                faultySamples + other.faultySamples,
                limitedFrames + other.limitedFrames);
    }

    /** Returns the difference to earlier totals. */
    public MixTotals since(MixTotals earlier) {
        return new MixTotals(
                shortages - earlier.shortages,
                skippedSamples - earlier.skippedSamples,
                faultySamples - earlier.faultySamples,
                limitedFrames - earlier.limitedFrames);
    }
}
