package dev.stentor.mix;

import java.util.Arrays;

/**
 * A meter of the peaks of a signal between its samples, computed at each quarter of a sample by a windowed sinc of {@link #TAPS}
 * samples. Adds four taps at a time for all samples of a block, in loops of which the compiler makes vector code. Allocates
 * nothing after construction. Confined to one thread.
 */
final class InterSamplePeaks {

    /** Number of samples that one value is computed from: half of them before its place, half after it. */
    static final int TAPS = 32;

    private static final float[][] QUARTERS = {quarter(0.25), quarter(0.5), quarter(0.75)};

    /** Largest value that this meter can return for a signal whose largest sample is 1. */
    static final float MAX = max();

    private static final int AT_ONCE = 4;

    private final float[][] sums;
    /** The signal four times, each copy from one sample further on. */
    private final float[][] shifted;

    /** @param samples number of samples of a block */
    InterSamplePeaks(int samples) {
        sums = new float[QUARTERS.length][samples];
        shifted = new float[AT_ONCE][samples];
    }

    /**
     * Raises levels to the peaks between samples.
     *
     * @param signal {@link #TAPS} - 1 earlier samples, then the samples of the block
     * @param levels a level for each sample of the block; raised to the largest size between the two samples in the middle of the
     *     {@link #TAPS} samples that end with it
     */
    void raise(float[] signal, float[] levels) {
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        for (int tap = 0; tap < TAPS; tap += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                System.arraycopy(signal, tap + i, shifted[i], 0, levels.length);
            }
            for (int quarter = 0; quarter < sums.length; quarter++) {
                add(QUARTERS[quarter], tap, shifted, sums[quarter]);
            }
        }
        for (float[] sum : sums) {
            for (int i = 0; i < levels.length; i++) {
                levels[i] = Math.max(levels[i], Math.abs(sum[i]));
            }
        }
    }

    private static void add(float[] taps, int at, float[][] shifted, float[] sums) {
        float t0 = taps[at], t1 = taps[at + 1], t2 = taps[at + 2], t3 = taps[at + 3];
        float[] s0 = shifted[0], s1 = shifted[1], s2 = shifted[2], s3 = shifted[3];
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (s0[i] * t0 + s1[i] * t1) + (s2[i] * t2 + s3[i] * t3);
        }
    }

    private static float[] quarter(double place) {
        float[] taps = new float[TAPS];
        double sum = 0;
        double[] exact = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
            double t = i - (TAPS / 2 - 1) - place;
            double window = StrictMath.cos(Math.PI * t / (TAPS + 1));
            exact[i] = StrictMath.sin(Math.PI * t) / (Math.PI * t) * window * window;
            sum += exact[i];
        }
        for (int i = 0; i < TAPS; i++) {
            taps[i] = (float) (exact[i] / sum);
        }
        return taps;
    }

    private static float max() {
        float max = 1;
        for (float[] quarter : QUARTERS) {
            float sum = 0;
            for (float tap : quarter) {
                sum += Math.abs(tap);
            }
            max = Math.max(max, sum);
        }
        return max;
    }
}
