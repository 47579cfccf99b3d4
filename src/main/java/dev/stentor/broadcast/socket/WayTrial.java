package dev.stentor.broadcast.socket;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A comparison of two ways to the socket, {@code fd} and {@code ring}: walks over many listeners take one or the other, and the
 * median of what a send costs decides. Each pair of walks has both ways, in an order of chance: if the ways alternated, and two
 * channels took turns, each channel would have one way only. Confined to the event loop. See ADR 56.
 */
final class WayTrial {

    /** Walks that do not count: the compiler finds out that it needs the ring's code. */
    private static final int NOT_COUNTED = 100;

    /** Walks that count, of each way. */
    private static final int COUNTED = 100;

    private static final int WALKS = NOT_COUNTED + 2 * COUNTED;

    /** The part of the present way's cost below which the other one is better by more than chance. */
    private static final double CLEARLY_BELOW = 0.95;

    private final double[] fdNanos = new double[COUNTED];
    private final double[] ringNanos = new double[COUNTED];
    private final SplittableRandom random = new SplittableRandom(1);
    private int walks;
    private boolean byRing = random.nextBoolean();
    private int fdWalks;
    private int ringWalks;

    /** Tells whether the next walk is by {@code ring}. */
    boolean isByRing() {
        return byRing;
    }

    /**
     * Takes what the walk has cost.
     *
     * @param nanos CPU time of the thread
     * @param sends number of sends, more than none
     */
    void took(long nanos, int sends) {
        if (walks >= NOT_COUNTED) {
            double each = (double) nanos / sends;
            if (byRing) {
                ringNanos[ringWalks++] = each;
            } else {
                fdNanos[fdWalks++] = each;
            }
        }
        byRing = ++walks % 2 == 0 ? random.nextBoolean() : !byRing;
    }

    boolean isOver() {
        return walks == WALKS;
    }

    /** Returns which part of a send's cost by {@code fd} one by {@code ring} has. To be called when the trial is over. */
    double ringToFd() {
        return median(ringNanos) / median(fdNanos);
    }

    /**
     * Returns whether {@code ring} is to be used from now on: another way than before only if it is clearly better.
     *
     * @param before whether it was used before
     */
    boolean ringIsBetter(boolean before) {
        double ratio = ringToFd();
        return before ? ratio <= 1 / CLEARLY_BELOW : ratio < CLEARLY_BELOW;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
