package dev.stentor.audio;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A converter of mono sound from one sample rate to another: a polyphase windowed sinc, with steps of whole numbers, so that
 * nothing drifts.
 *
 * <p>With {@link ResamplerPreset#HQ} it is flat to 0.913 of the lower Nyquist frequency, 3 dB down at 0.95, and at least 120 dB
 * down from 1.005 on; all distortion stays 120 dB below the sound ({@code docs/audio-quality.md}). Output sample {@code n} stands
 * at input time {@code n · in / out}, so nothing is shifted. An output sample is returned once the {@link #delaySamples()} input
 * samples after its time have come. At equal rates the samples pass unchanged.
 *
 * <p>Blocks of any size give the same samples as the whole, if all are numbers. Allocates nothing after construction. Confined to
 * one thread.
 *
 * @see <a href="../../../../../../docs/adr/0015-own-resampler.md">ADR 15</a>
 */
public final class Resampler {

    /** The sample rates of input and output: each pair needs a table, and odd ratios need large ones. */
    public static final List<Integer> RATES_HZ = List.of(8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

    /** Number of input samples that are processed at a time. */
    private static final int BLOCK = 1_024;

    private final long inHz;
    private final long outHz;
    /** The filter; null at equal rates. */
    private final @Nullable SincTable table;
    /** The input that later output still needs; at first the silence before the sound. */
    private final float[] line;

    /** Length of the filled part of the line. */
    private int filled;
    /** Index in the line at which the round of the next output begins; negative if that was dropped from the line. */
    private int from;
    /** Index of the next output in its round. */
    private int next;
    /** Output of the latest step. */
    private final float[] sums;

    private long taken;
    private long given;

    private Resampler(int inHz, int outHz, ResamplerPreset preset) {
        requireKnown("inHz", inHz);
        requireKnown("outHz", outHz);
        this.inHz = inHz;
        this.outHz = outHz;
        this.table = inHz == outHz ? null : SincTable.between(inHz, outHz, preset);
        this.line =
                table == null ? new float[0] : new float[table.taps() + inHz / outHz + 1 + BLOCK + 2 * SincBlock.ROWS];
        this.sums = new float[table == null ? 0 : table.width()];
        reset();
    }

    /** Creates a resampler for one sound, with {@link ResamplerPreset#HQ}. Fails as the other does. */
    public static Resampler between(int inHz, int outHz) {
        return between(inHz, outHz, ResamplerPreset.HQ);
    }

    /**
     * Creates a resampler for one sound.
     *
     * @throws IllegalArgumentException if a rate is not in {@link #RATES_HZ}
     */
    public static Resampler between(int inHz, int outHz, ResamplerPreset preset) {
        return new Resampler(inHz, outHz, preset);
    }

    /** Returns how many input samples must follow the time of an output sample before that is returned. */
    int delaySamples() {
        return table == null ? 0 : table.taps() / 2;
    }

    /**
     * Returns the largest number of output samples that a call with so many input samples can write, {@link #finish} included.
     */
    int most(int inputs) {
        return (int) Math.min(Integer.MAX_VALUE, (inputs + (long) delaySamples() + 1) * outHz / inHz + 1);
    }

    /**
     * Takes the next samples, and writes the output samples that are complete now.
     *
     * @param in the input, from {@code at} on; nominally -1 to 1
     * @param out gets the output, from {@code outAt} on; not the same array as {@code in}. {@link #most} tells how much room is
     *     enough
     * @return how many samples were written
     */
    public int resample(float[] in, int at, int count, float[] out, int outAt) {
        taken += count;
        if (table == null) {
            System.arraycopy(in, at, out, outAt, count);
            given += count;
            return count;
        }
        int put = 0;
        for (int left = count; left > 0; ) {
            int part = Math.min(left, room());
            System.arraycopy(in, at + count - left, line, filled, part);
            filled += part;
            left -= part;
            put += drain(table, out, outAt + put, Long.MAX_VALUE);
        }
        return put;
    }

    /**
     * Ends the sound, and writes the samples that the filter still holds. In all, {@code n} samples have then become
     * {@code n · out / in}, rounded. The next call begins another sound.
     *
     * @return how many samples were written
     */
    int finish(float[] out, int outAt) {
        int put = 0;
        if (table != null) {
            long missing = (2 * taken * outHz + inHz) / (2 * inHz) - given;
            while (put < missing) {
                int silence = Math.min(table.taps(), room());
                Arrays.fill(line, filled, filled + silence, 0);
                filled += silence;
                put += drain(table, out, outAt + put, missing - put);
            }
        }
        reset();
        return put;
    }

    private int drain(SincTable filter, float[] out, int outAt, long limit) {
        Arrays.fill(line, filled, filled + SincBlock.ROWS, 0); // read by the loop, but multiplied by zero
        int put = 0;
        int count = ready(filter, limit);
        while (count > 0) {
            filter.make(next, count, line, from, sums);
            System.arraycopy(sums, next % filter.width(), out, outAt + put, count);
            put += count;
            next += count;
            if (next == filter.round()) {
                next = 0;
                from += filter.roundInputs();
            }
            count = ready(filter, limit - put);
        }
        given += put;
        int kept = Math.clamp(from + filter.begin(next) - SincBlock.ROWS, 0, filled);
        System.arraycopy(line, kept, line, 0, filled - kept);
        filled -= kept;
        from -= kept;
        return put;
    }

    private int room() {
        return line.length - SincBlock.ROWS - filled;
    }

    private int ready(SincTable filter, long limit) {
        return (int) Math.min(limit, filter.ready(next, filled - from));
    }

    private void reset() {
        Arrays.fill(line, 0);
        filled = table == null ? 0 : table.before();
        from = 0;
        next = 0;
        taken = 0;
        given = 0;
    }

    private static void requireKnown(String name, int rateHz) {
        if (!RATES_HZ.contains(rateHz)) {
            throw new IllegalArgumentException(name + " must be one of " + RATES_HZ + ", was " + rateHz);
        }
    }
}
