package dev.stentor.audio;

/**
 * A search for the place where a sound is most like a given piece of it, by normalized cross-correlation: first on every fourth sample,
 * then around the best. Places far from the wanted one count less. Whole numbers are summed, so that the result does not depend on the order. Stateless but for its length.
 */
final class WaveMatch {

    /** Samples on each side of the wanted place that are searched: 12.5 ms, a period of 40 Hz in all. */
    static final int REACH = 25 * SpeechTime.SAMPLES_PER_MILLI / 2;

    private static final int COARSE = 4;

    /** What a likeness loses at the end of the reach: sound that goes on is always most like itself, and would never be left in time. */
    private static final double LOSS = 0.25;

    private final int length;

    /** @param length number of samples that are compared */
    WaveMatch(int length) {
        this.length = length;
    }

    /**
     * Returns the offset from the centre that is most like the piece; of equals, such as in silence, the one nearest to the centre.
     *
     * @param sound the samples; all places that are read must be in it
     * @param piece index of the piece
     * @param centre index of the wanted place
     * @param least smallest offset, at most 0
     * @param most largest offset, at least 0
     */
    int best(short[] sound, int piece, int centre, int least, int most) {
        int coarse = best(sound, piece, centre, least, most, 0, COARSE);
        int from = Math.max(least, coarse - COARSE + 1);
        int to = Math.min(most, coarse + COARSE - 1);
        return best(sound, piece, centre, from, to, coarse, 1);
    }

    /** Searches every {@code step}-th offset on both sides of the first one, near before far. */
    private int best(short[] sound, int piece, int centre, int least, int most, int first, int step) {
        int best = first;
        double likeness = weighted(likeness(sound, piece, centre + first, step), first);
        int widest = Math.max(most - first, first - least);
        for (int away = step; away <= widest; away += step) {
            for (int offset = first - away; offset <= first + away; offset += 2 * away) {
                if (offset >= least && offset <= most) {
                    double found = weighted(likeness(sound, piece, centre + offset, step), offset);
                    if (found > likeness) {
                        likeness = found;
                        best = offset;
                    }
                }
            }
        }
        return best;
    }

    private static double weighted(double likeness, int offset) {
        double away = (double) offset / REACH;
        return likeness - LOSS * away * away * Math.abs(likeness);
    }

    /** Returns the correlation of two pieces, divided by the level of the second one; 0 if that is silence. */
    private double likeness(short[] sound, int piece, int place, int step) {
        long product = 0;
        long energy = 0;
        for (int i = 0; i < length; i += step) {
            int there = sound[place + i];
            product += (long) sound[piece + i] * there;
            energy += (long) there * there;
        }
        return energy == 0 ? 0 : product / Math.sqrt((double) energy);
    }
}
