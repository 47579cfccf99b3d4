package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A converter of mono sound from 48 kHz to 24 kHz and to 16 bits: a gain, a low-pass, every second sample.
 *
 * <p>A Kaiser-windowed half-band filter of 111 taps, of which 57 are not zero: flat to 10.5 kHz (ripple below 0.001 dB), 6 dB
 * down at 12 kHz, at least 96 dB down from 13.5 kHz on. Only 12 to 13.5 kHz fold back, to 10.5 to 12 kHz. The delay is taken out:
 * output sample n stands at input sample 2n, and there are half as many, rounded up. Rounds to nearest; samples over full scale
 * are clamped.
 *
 * <p>Converts one sound; chunks of any size give the same samples as the whole. Confined to one thread.
 */
public final class HalfBandDecimator {

    /** Non-zero taps on each side of the centre; they lie at odd distances from it. */
    private static final int SIDE = 28;

    private static final int REACH = 2 * SIDE - 1;
    private static final double KAISER_BETA = 10.4;
    private static final double[] TAPS = taps();
    private static final double FULL_SCALE = 32_768;

    private final double gain;
    /** Input samples that later output still needs; at first the silence before the sound. */
    private double[] held = new double[REACH];

    /**
     * Creates a converter for one sound.
     *
     * @param gain factor before the filter, above zero. The filter may overshoot: sound that touches full scale wants 0.7 (-3 dB)
     */
    public HalfBandDecimator(double gain) {
        if (!(gain > 0)) {
            throw new IllegalArgumentException("gain must be positive, was " + gain);
        }
        this.gain = gain;
    }

    /**
     * Takes the next samples, -1 to 1, and returns the output samples that are complete now, 16 bits and little-endian. Does not
     * keep the input.
     */
    public byte[] decimate(double[] samples) {
        double[] line = new double[held.length + samples.length];
        System.arraycopy(held, 0, line, 0, held.length);
        for (int i = 0; i < samples.length; i++) {
            line[held.length + i] = samples[i] * gain;
        }
        return drain(line);
    }

    /** Ends the sound, and returns the samples that the filter still holds. */
    public byte[] finish() {
        double[] line = new double[held.length + REACH];
        System.arraycopy(held, 0, line, 0, held.length);
        return drain(line);
    }

    private byte[] drain(double[] line) {
        int outputs = Math.max(0, (line.length - 2 * REACH + 1) / 2);
        ByteBuffer bytes = ByteBuffer.allocate(2 * outputs).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < outputs; n++) {
            bytes.putShort(toSample(filtered(line, REACH + 2 * n)));
        }
        held = new double[line.length - 2 * outputs];
        System.arraycopy(line, 2 * outputs, held, 0, held.length);
        return bytes.array();
    }

    private static double filtered(double[] line, int centre) {
        double sum = 0.5 * line[centre];
        for (int k = 0; k < SIDE; k++) {
            int distance = 2 * k + 1;
            sum += TAPS[k] * (line[centre - distance] + line[centre + distance]);
        }
        return sum;
    }

    private static short toSample(double value) {
        long rounded = Math.round(value * FULL_SCALE);
        return (short) Math.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Computes the taps at distances 1, 3, 5…: a windowed sinc, scaled so that both sides and the centre sum to one. */
    private static double[] taps() {
        var window = new Kaiser(KAISER_BETA);
        double[] taps = new double[SIDE];
        double sum = 0;
        for (int k = 0; k < SIDE; k++) {
            double distance = 2.0 * k + 1;
            double edge = distance / (REACH + 1);
            taps[k] = (k % 2 == 0 ? 1 : -1) / (Math.PI * distance) * window.at(edge);
            sum += taps[k];
        }
        for (int k = 0; k < SIDE; k++) {
            taps[k] *= 0.25 / sum;
        }
        return taps;
    }
}
