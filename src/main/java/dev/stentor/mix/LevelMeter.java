package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.util.Arrays;

/**
 * A meter of the level of frames; written by one thread, read by any. A frame that is measured again replaces its earlier values.
 * Only {@link #levels} allocates.
 */
final class LevelMeter {

    private static final int MOMENTARY_FRAMES = 400 / SpeechTime.FRAME_MILLIS;
    private static final int SHORT_TERM_FRAMES = 3_000 / SpeechTime.FRAME_MILLIS;

    private final KWeighting weighting = new KWeighting();
    /** K-weighted mean squares of the latest frames; another thread may read them one frame late. */
    private final float[] powers = new float[SHORT_TERM_FRAMES];

    private long frame;
    /** Peak and root mean square of the latest frame, as the bits of two floats, so that they are read together. */
    private volatile long latest;

    /** Measures the samples of that frame. */
    void measured(long newFrame, float[] samples) {
        float peak = Peak.of(samples);
        if (peak == 0) {
            weighting.reset();
            silent(newFrame);
            return;
        }
        double weighted = weighting.energy(samples, 0, samples.length);
        note(newFrame, peak, squares(samples) / samples.length, weighted / samples.length);
    }

    /** Notes that the frame is silent. */
    void silent(long newFrame) {
        note(newFrame, 0, 0, 0);
    }

    /** Forgets all frames: silence is heard now. */
    void forget() {
        Arrays.fill(powers, 0);
        silent(frame);
    }

    Levels levels() {
        long both = latest;
        return new Levels(
                Decibels.of(Float.intBitsToFloat((int) (both >>> 32))),
                Decibels.of(Float.intBitsToFloat((int) both)),
                loudness(MOMENTARY_FRAMES),
                loudness(SHORT_TERM_FRAMES));
    }

    private void note(long newFrame, float peak, float power, double weightedPower) {
        frame = newFrame;
        powers[(int) (newFrame % SHORT_TERM_FRAMES)] = (float) weightedPower;
        float rms = (float) Math.sqrt(power);
        latest = ((long) Float.floatToRawIntBits(peak) << 32) | (Float.floatToRawIntBits(rms) & 0xFFFF_FFFFL);
    }

    /** Returns the sum of the squares, computed in four sums that do not wait for each other. */
    private static float squares(float[] samples) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = 0; i < samples.length; i += 4) {
            s0 += samples[i] * samples[i];
            s1 += samples[i + 1] * samples[i + 1];
            s2 += samples[i + 2] * samples[i + 2];
            s3 += samples[i + 3] * samples[i + 3];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private double loudness(int frames) {
        long end = frame + 1;
        double power = 0;
        for (long at = Math.max(0, end - frames); at < end; at++) {
            power += powers[(int) (at % SHORT_TERM_FRAMES)];
        }
        return Math.max(Decibels.FLOOR, LoudnessMeter.lufs(power / frames));
    }
}
