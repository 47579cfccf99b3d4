package dev.stentor.audio;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filter between two sample rates: a windowed sinc, laid out as one row of taps for each place that an output sample can have
 * between two input samples. Immutable, and shared by all resamplers between the same rates.
 *
 * <p>An output sample at input time {@code i + phase / phases} is the sum over {@code k} of {@code row(phase)[k]} times input
 * sample {@code i - before() + k}. The row at place 0 lies symmetric about sample {@code i}, so nothing is shifted.
 */
final class SincTable {

    private record Key(int inHz, int outHz, ResamplerPreset preset) {}

    /** Eight running sums want a number of taps that eight divides. */
    private static final int TAPS_MULTIPLE = 16;

    /** As many entries at most as there are pairs of rates and presets that a {@link Resampler} takes; a mebibyte the largest. */
    private static final Map<Key, SincTable> TABLES = new ConcurrentHashMap<>();

    private final int phases;
    private final int step;
    private final int taps;
    private final float[] rows;

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
        rows = new float[phases * taps];
        Kaiser window = Kaiser.stopping(key.preset.stoppedDecibels());
        for (int phase = 0; phase < phases; phase++) {
            fill(phase, cutoff, window);
        }
    }

    /** The one for these rates, made when it is first asked for. */
    static SincTable between(int inHz, int outHz, ResamplerPreset preset) {
        Key key = new Key(inHz, outHz, preset);
        SincTable known = TABLES.get(key);
        if (known != null) {
            return known;
        }
        // Not inside the map, where others would have to wait; two that come at once make two that are equal.
        SincTable made = new SincTable(key);
        SincTable first = TABLES.putIfAbsent(key, made);
        return first == null ? made : first;
    }

    /** Memory of the rows. */
    int bytes() {
        return rows.length * Float.BYTES;
    }

    /** Places that an output sample can have between two input samples. */
    int phases() {
        return phases;
    }

    /** How many of those places lie between an output sample and the next. */
    int step() {
        return step;
    }

    /** Input samples that one output sample is made of. */
    int taps() {
        return taps;
    }

    /** How many of those lie before the input sample at or before the output sample's own time. */
    int before() {
        return taps / 2 - 1;
    }

    /** An output sample: {@code phase} is its place, {@code line[from]} the first of its input samples. */
    float dot(int phase, float[] line, int from) {
        // A compiler may not reorder a sum of floats: eight sums that do not wait for each other are twice as fast as
        // one.
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int row = phase * taps;
        for (int k = 0; k < taps; k += 8) {
            int r = row + k;
            int x = from + k;
            s0 += rows[r] * line[x];
            s1 += rows[r + 1] * line[x + 1];
            s2 += rows[r + 2] * line[x + 2];
            s3 += rows[r + 3] * line[x + 3];
            s4 += rows[r + 4] * line[x + 4];
            s5 += rows[r + 5] * line[x + 5];
            s6 += rows[r + 6] * line[x + 6];
            s7 += rows[r + 7] * line[x + 7];
        }
        return (s0 + s1) + (s2 + s3) + ((s4 + s5) + (s6 + s7));
    }

    /**
     * Two output samples of the same place, {@link #phases()} apart: the taps, of which each is wanted by both, are fetched once. The
     * sums go as in {@link #dot}, so that a sample has the same bits whichever way it was made.
     */
    void dots(int phase, float[] line, int from, float[] out, int at) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;
        int row = phase * taps;
        for (int k = 0; k < taps; k += 8) {
            int r = row + k;
            int x = from + k;
            int y = x + step;
            float c0 = rows[r], c1 = rows[r + 1], c2 = rows[r + 2], c3 = rows[r + 3];
            s0 += c0 * line[x];
            t0 += c0 * line[y];
            s1 += c1 * line[x + 1];
            t1 += c1 * line[y + 1];
            s2 += c2 * line[x + 2];
            t2 += c2 * line[y + 2];
            s3 += c3 * line[x + 3];
            t3 += c3 * line[y + 3];
            float c4 = rows[r + 4], c5 = rows[r + 5], c6 = rows[r + 6], c7 = rows[r + 7];
            s4 += c4 * line[x + 4];
            t4 += c4 * line[y + 4];
            s5 += c5 * line[x + 5];
            t5 += c5 * line[y + 5];
            s6 += c6 * line[x + 6];
            t6 += c6 * line[y + 6];
            s7 += c7 * line[x + 7];
            t7 += c7 * line[y + 7];
        }
        out[at] = (s0 + s1) + (s2 + s3) + ((s4 + s5) + (s6 + s7));
        out[at + phases] = (t0 + t1) + (t2 + t3) + ((t4 + t5) + (t6 + t7));
    }

    /** Each row sums to one by itself, or a constant would come out with a ripple. */
    private void fill(int phase, double cutoff, Kaiser window) {
        double[] row = new double[taps];
        double sum = 0;
        for (int k = 0; k < taps; k++) {
            double distance = k - before() - (double) phase / phases;
            row[k] = sinc(2 * cutoff * distance) * window.at(distance / (taps / 2.0));
            sum += row[k];
        }
        for (int k = 0; k < taps; k++) {
            rows[phase * taps + k] = (float) (row[k] / sum);
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
