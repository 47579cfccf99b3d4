package dev.stentor.audio;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filter between two sample rates: a windowed sinc, with one row of taps for each phase, that is, each position that an
 * output sample can have between two input samples. The phases repeat after a {@link #round()} of output samples. Immutable, and
 * shared by all resamplers between the same rates.
 *
 * <p>An output sample at input time {@code i + phase / phases} is the sum over {@code k} of the taps of that phase times input
 * sample {@code i - before() + k}. The taps of phase 0 are symmetric about sample {@code i}, so nothing is shifted.
 */
final class SincTable {

    private record Key(int inHz, int outHz, ResamplerPreset preset) {}

    private static final int TAPS_MULTIPLE = 16;

    /**
     * Largest number of output samples that are computed together: more need more zeros beside the taps, fewer make shorter
     * loops.
     */
    private static final int WIDEST = 80;

    private static final int MOST_BYTES = 1_024 * 1_024;

    /** The tables made so far: one for each pair of rates of a {@link Resampler} and each preset at most, of 1 MiB at most. */
    private static final Map<Key, SincTable> TABLES = new ConcurrentHashMap<>();

    private final int phases;
    private final int step;
    private final int taps;
    private final int round;
    private final int width;
    private final SincBlock[] blocks;

    private SincTable(Key key) {
        int divisor =
                BigInteger.valueOf(key.inHz).gcd(BigInteger.valueOf(key.outHz)).intValue();
        phases = key.outHz / divisor;
        step = key.inHz / divisor;
        // In cycles per input sample from here on.
        double nyquist = Math.min(key.inHz, key.outHz) / 2.0 / key.inHz;
        double slope = (key.preset.stop() - key.preset.pass()) * nyquist;
        double cutoff = (key.preset.stop() + key.preset.pass()) / 2 * nyquist;
        double wanted = (key.preset.stoppedDecibels() - 7.95) / (14.36 * slope);
        taps = TAPS_MULTIPLE * (int) Math.ceil(wanted / TAPS_MULTIPLE);
        Kaiser window = Kaiser.stopping(key.preset.stoppedDecibels());
        float[][] rows = new float[phases][];
        for (int phase = 0; phase < phases; phase++) {
            rows[phase] = row(phase, cutoff, window);
        }
        round = phases * Math.max(1, WIDEST / phases);
        width = widest();
        blocks = new SincBlock[round / width];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = block(i * width, rows);
        }
    }

    /** Returns the table for these rates; the first call makes it. */
    static SincTable between(int inHz, int outHz, ResamplerPreset preset) {
        Key key = new Key(inHz, outHz, preset);
        SincTable known = TABLES.get(key);
        if (known != null) {
            return known;
        }
        // Not within computeIfAbsent, where other callers would wait; two calls at the same time make two equal tables.
        SincTable made = new SincTable(key);
        SincTable first = TABLES.putIfAbsent(key, made);
        return first == null ? made : first;
    }

    /** Returns the memory of the taps, in bytes. */
    int bytes() {
        return bytes(width);
    }

    /** Returns the number of output samples after which the phases repeat. */
    int round() {
        return round;
    }

    /** Returns the number of input samples of a {@link #round()}. */
    int roundInputs() {
        return begin(round);
    }

    /** Returns the largest number of output samples that are computed together. */
    int width() {
        return width;
    }

    /** Returns the number of input samples that one output sample is computed from. */
    int taps() {
        return taps;
    }

    /** Returns how many of these lie before the input sample at the output sample's time, or the last one before that time. */
    int before() {
        return taps / 2 - 1;
    }

    /** Returns the first input sample that an output sample is computed from, both counted from the beginning of a round. */
    int begin(int output) {
        return (int) ((long) output * step / phases);
    }

    /**
     * Returns how many output samples can be computed together now.
     *
     * @param output index of the first one in the round
     * @param inputs number of input samples of the round that have come
     */
    int ready(int output, int inputs) {
        long last = ((inputs - taps + 1L) * phases - 1) / step; // that begins early enough
        return inputs < taps ? 0 : Math.clamp(last + 1 - output, 0, width - output % width);
    }

    /**
     * Computes output samples that are {@link #ready}.
     *
     * @param output index of the first one in the round
     * @param line the input
     * @param at index in the input at which the round begins
     * @param sums gets the samples, the first of them at {@code output % width()}
     */
    void make(int output, int count, float[] line, int at, float[] sums) {
        int from = output % width;
        blocks[output / width].make(from, from + count, line, at, sums);
    }

    private SincBlock block(int first, float[][] rows) {
        int[] begins = new int[width];
        float[][] columns = new float[width][];
        for (int i = 0; i < width; i++) {
            begins[i] = begin(first + i);
            columns[i] = rows[(int) ((long) (first + i) * step % phases)];
        }
        return new SincBlock(begins, columns);
    }

    private int widest() {
        int widest = WIDEST;
        while (round % widest != 0 || bytes(widest) > MOST_BYTES) {
            widest--;
        }
        return widest;
    }

    private int bytes(int blockWidth) {
        return round * SincBlock.rows(begin(blockWidth), taps) * Float.BYTES;
    }

    /** Computes the taps of one phase. The taps of each phase sum to one by themselves; else a constant would get a ripple. */
    private float[] row(int phase, double cutoff, Kaiser window) {
        double[] exact = new double[taps];
        double sum = 0;
        for (int k = 0; k < taps; k++) {
            double distance = k - before() - (double) phase / phases;
            exact[k] = sinc(2 * cutoff * distance) * window.at(distance / (taps / 2.0));
            sum += exact[k];
        }
        float[] row = new float[taps];
        for (int k = 0; k < taps; k++) {
            row[k] = (float) (exact[k] / sum);
        }
        return row;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
    }
}
