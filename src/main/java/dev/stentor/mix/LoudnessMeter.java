package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.util.Arrays;

/**
 * A meter of loudness by ITU-R BS.1770 at 24 kHz mono: two filters, blocks of 400 ms that overlap by three quarters, an absolute
 * gate, and a relative gate 10 LU below the mean of the blocks that pass the first. Blocks are kept as a histogram of 0.1 LU, so
 * that memory is bounded. Allocates nothing after construction. Confined to one thread.
 */
final class LoudnessMeter {

    /** The absolute gate: quieter blocks never count. */
    static final double ABSOLUTE_GATE_LUFS = -70;

    private static final int BIN = 100 * SpeechTime.SAMPLES_PER_MILLI;
    private static final double OFFSET = -0.691;
    private static final double MAX_LUFS = 10;
    private static final int STEPS_PER_LU = 10;
    private static final int STEPS = (int) ((MAX_LUFS - ABSOLUTE_GATE_LUFS) * STEPS_PER_LU) + 1;

    private final KWeighting weighting = new KWeighting();
    private final double gateLufs;
    private final long[] counts = new long[STEPS];
    private final double[] energies = new double[STEPS];
    private final double[] bins = new double[4];
    private double sum;
    private int inBin;
    private long binCount;
    private long blocks;
    private double momentary = Double.NEGATIVE_INFINITY;

    /** Creates a meter with the absolute gate of the standard. */
    LoudnessMeter() {
        this(ABSOLUTE_GATE_LUFS);
    }

    /** @param gateLufs the absolute gate; at least {@link #ABSOLUTE_GATE_LUFS} */
    LoudnessMeter(double gateLufs) {
        this.gateLufs = Math.max(gateLufs, ABSOLUTE_GATE_LUFS);
    }

    /** Measures the next samples, nominally -1 to 1. */
    void add(float[] samples, int from, int count) {
        int end = from + count;
        for (int at = from; at < end; ) {
            int next = Math.min(end - at, BIN - inBin);
            sum += weighting.energy(samples, at, next);
            at += next;
            inBin += next;
            if (inBin == BIN) {
                closeBin();
            }
        }
    }

    /** Returns the loudness of the last 400 ms; negative infinity before there were any, and in silence. */
    double momentaryLufs() {
        return momentary;
    }

    /** Returns the loudness of all blocks that passed the gates; negative infinity if there are none. */
    double integratedLufs() {
        if (blocks == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double relativeGate = lufs(mean(0)) - 10;
        return lufs(mean(Math.max(0, step(relativeGate))));
    }

    /** Returns the duration of the sound that passed the absolute gate, in seconds. */
    double gatedSeconds() {
        return blocks * 0.1;
    }

    /** Forgets all sound. */
    void reset() {
        Arrays.fill(counts, 0);
        Arrays.fill(energies, 0);
        Arrays.fill(bins, 0);
        weighting.reset();
        sum = 0;
        inBin = 0;
        binCount = 0;
        blocks = 0;
        momentary = Double.NEGATIVE_INFINITY;
    }

    private void closeBin() {
        bins[(int) (binCount++ % bins.length)] = sum;
        sum = 0;
        inBin = 0;
        if (binCount < bins.length) {
            return;
        }
        double energy = (bins[0] + bins[1] + bins[2] + bins[3]) / (bins.length * (double) BIN);
        momentary = lufs(energy);
        if (momentary > gateLufs) {
            int at = Math.min(STEPS - 1, Math.max(0, step(momentary)));
            counts[at]++;
            energies[at] += energy;
            blocks++;
        }
    }

    private double mean(int fromStep) {
        double energy = 0;
        long count = 0;
        for (int i = fromStep; i < STEPS; i++) {
            energy += energies[i];
            count += counts[i];
        }
        return count == 0 ? 0 : energy / count;
    }

    private static int step(double lufs) {
        return (int) Math.floor((lufs - ABSOLUTE_GATE_LUFS) * STEPS_PER_LU);
    }

    /** Returns the loudness of a K-weighted mean square. */
    static double lufs(double energy) {
        return energy <= 1e-15 ? Double.NEGATIVE_INFINITY : OFFSET + 10 * StrictMath.log10(energy);
    }
}
