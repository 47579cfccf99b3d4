package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.util.Arrays;

/**
 * A limiter that keeps a signal under a ceiling by looking 5 ms ahead. The gain that a peak needs is reached smoothly before the
 * peak leaves, and released within some 80 ms. The signal leaves {@link #DELAY} samples later. While no peak reaches the ceiling
 * this is a pure delay, to the last bit. Allocates nothing after construction. Confined to one thread.
 */
public final class Limiter {

    /** Delay from input to output, in samples. */
    public static final int DELAY = 119;

    /**
     * Number of samples over which the smallest gain is held: the look-ahead, and as far behind a peak as
     * {@link InterSamplePeaks} looks.
     */
    private static final int HELD = 136;
    /**
     * Number of samples over which gains are averaged: the look-ahead less the samples that {@link InterSamplePeaks} looks ahead
     * itself.
     */
    private static final int AVERAGED = 103;

    private static final int SIZE = 256;
    private static final int MASK = SIZE - 1;
    /** Gains above it become 1: so near to 1, the small steps of the release would be lost in the rounding of a float. */
    private static final float RELEASED = 0.9999f;

    private static final float RELEASE = (float) (1 - StrictMath.exp(-1 / (0.080 * SpeechTime.SAMPLES_PER_SECOND)));

    private final InterSamplePeaks between = new InterSamplePeaks(SpeechTime.FRAME_SAMPLES);
    private final float[] signal = new float[InterSamplePeaks.TAPS - 1 + SpeechTime.FRAME_SAMPLES];
    /** Peak of each sample of the frame, with the sound between it and the next one. */
    private final float[] levels = new float[SpeechTime.FRAME_SAMPLES];

    private final float[] line = new float[SIZE];
    private final float[] held = new float[SIZE];
    private final float[] averaged = new float[SIZE];
    private final long[] queue = new long[SIZE];
    private int queueHead;
    private int queueTail;
    private double sum;
    private float envelope;
    private long at;
    private int calm;

    /** Creates a limiter before which there was silence. */
    public Limiter() {
        rest();
    }

    /** Forgets the signal: silence comes before the next sample. */
    void reset() {
        Arrays.fill(line, 0);
        rest();
    }

    boolean isIdle() {
        return calm >= HELD + AVERAGED;
    }

    /**
     * Takes a frame and puts the samples of {@link #DELAY} earlier in its place.
     *
     * @param ceiling largest size of the samples of this frame when they leave
     * @param looksBetween whether peaks between two samples are kept under it too
     */
    public void process(float[] samples, float ceiling, boolean looksBetween) {
        float peak = Peak.of(samples);
        boolean under = peak <= ceiling;
        if (looksBetween && !(Math.max(peak, latestPeak()) * InterSamplePeaks.MAX <= ceiling)) {
            measure(samples);
            between.raise(signal, levels);
            under &= Peak.of(levels) <= ceiling;
        } else if (!(isIdle() && under)) {
            measure(samples);
        }
        if (isIdle() && under) {
            delay(samples);
        } else {
            limit(samples, ceiling);
        }
    }

    private void measure(float[] samples) {
        int before = signal.length - samples.length;
        for (int i = 0; i < before; i++) {
            signal[i] = line[(int) (at - before + i) & MASK];
        }
        System.arraycopy(samples, 0, signal, before, samples.length);
        for (int i = 0; i < samples.length; i++) {
            levels[i] = Math.abs(samples[i]);
        }
    }

    private void delay(float[] samples) {
        for (int i = 0; i < samples.length; i++, at++) {
            line[(int) at & MASK] = samples[i];
            samples[i] = line[(int) (at - DELAY) & MASK];
        }
    }

    private void limit(float[] samples, float ceiling) {
        if (isIdle()) {
            rest();
        }
        for (int i = 0; i < samples.length; i++, at++) {
            line[(int) at & MASK] = samples[i];
            float level = levels[i];
            float gain = gain(level > ceiling ? ceiling / level : 1);
            samples[i] = line[(int) (at - DELAY) & MASK] * gain;
        }
    }

    /**
     * Returns the gain of the sample that leaves now.
     *
     * @param need largest gain that the sample that comes in may have
     */
    private float gain(float need) {
        envelope = Math.min(need, envelope + (1 - envelope) * RELEASE);
        if (envelope > RELEASED) {
            envelope = 1;
        }
        calm = envelope == 1 ? calm + 1 : 0;
        while (queueTail != queueHead && held[(int) queue[(queueTail - 1) & MASK] & MASK] >= envelope) {
            queueTail = (queueTail - 1) & MASK;
        }
        held[(int) at & MASK] = envelope;
        queue[queueTail] = at;
        queueTail = (queueTail + 1) & MASK;
        if (queue[queueHead] <= at - HELD) {
            queueHead = (queueHead + 1) & MASK;
        }
        float least = held[(int) queue[queueHead] & MASK];
        sum += least - averaged[(int) (at - AVERAGED) & MASK];
        averaged[(int) at & MASK] = least;
        return (float) (sum / AVERAGED);
    }

    private float latestPeak() {
        float peak = 0;
        for (int i = 1; i <= InterSamplePeaks.TAPS; i++) {
            peak = Math.max(peak, Math.abs(line[(int) (at - i) & MASK]));
        }
        return peak;
    }

    private void rest() {
        Arrays.fill(averaged, 1);
        queueHead = 0;
        queueTail = 0;
        sum = AVERAGED;
        envelope = 1;
        calm = HELD + AVERAGED;
    }
}
