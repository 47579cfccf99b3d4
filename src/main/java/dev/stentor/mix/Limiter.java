package dev.stentor.mix;

import java.util.Arrays;

/**
 * Keeps a signal under a ceiling by looking 5 ms ahead: each peak's gain is reached, in a soft line, before the peak leaves, and let go within
 * some 80 ms. The signal leaves {@link #DELAY} samples later. While nothing reaches the ceiling this is a pure delay, to the last
 * bit. Allocates nothing after construction. Confined to one thread.
 */
final class Limiter {

    /** Samples between in and out. */
    static final int DELAY = 119;

    /** Samples over which the least gain is held: the look-ahead, and as far behind a peak as {@link InterSample} looks. */
    private static final int HELD = 136;
    /** Samples over which gains are averaged: fewer than the look-ahead, by what {@link InterSample} looks ahead itself. */
    private static final int AVERAGED = 103;

    private static final int SIZE = 256;
    private static final int MASK = SIZE - 1;
    /** From here on a gain is 1; nearer to it a float would not grow any more by so small a part of what is missing. */
    private static final float LET_GO = 0.9999f;

    private static final float RELEASE = (float) (1 - StrictMath.exp(-1 / (0.080 * 24_000)));

    private final InterSample between = new InterSample(Mixer.FRAME_SAMPLES);
    private final float[] signal = new float[InterSample.TAPS - 1 + Mixer.FRAME_SAMPLES];
    /** What each sample of the frame, and the sound between it and the next ones, reaches. */
    private final float[] levels = new float[Mixer.FRAME_SAMPLES];

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

    Limiter() {
        rest();
    }

    /** Forgets the signal: silence comes next. */
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
     * @param ceiling no sample of what came in with it leaves above it
     * @param looksBetween whether what lies between two samples is kept under it too
     */
    void process(float[] samples, float ceiling, boolean looksBetween) {
        float peak = Peak.of(samples);
        boolean under = peak <= ceiling;
        if (looksBetween && !(Math.max(peak, latestPeak()) * InterSample.MOST <= ceiling)) {
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
     * What the sample that leaves now is multiplied by.
     *
     * @param need by what the one that comes in must be, at most
     */
    private float gain(float need) {
        envelope = Math.min(need, envelope + (1 - envelope) * RELEASE);
        if (envelope > LET_GO) {
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
        for (int i = 1; i <= InterSample.TAPS; i++) {
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
