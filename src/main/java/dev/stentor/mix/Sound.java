package dev.stentor.mix;

import java.util.function.BooleanSupplier;

/** A sound that is held in memory as a whole: 24 kHz mono, nominally -1 to 1. Immutable; share one among any number of sources. */
public final class Sound {

    private final float[] samples;
    private final double loudnessLufs;

    private Sound(float[] samples) {
        this.samples = samples;
        var meter = new LoudnessMeter();
        meter.add(samples, 0, samples.length);
        this.loudnessLufs = meter.integratedLufs();
    }

    /** A sound of these samples; what is no number becomes 0. Measures them, which takes about 1 ms for each 4 s. */
    public static Sound of(float[] samples) {
        return owning(samples.clone());
    }

    /** The same of samples that are handed over: nobody else may write to them any more. */
    public static Sound owning(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                samples[i] = 0;
            }
        }
        return new Sound(samples);
    }

    /** How many samples. */
    public int length() {
        return samples.length;
    }

    /** Its integrated loudness by BS.1770; negative infinity if it is shorter than 400 ms, or silent. */
    public double loudnessLufs() {
        return loudnessLufs;
    }

    /** Plays it once. */
    public Input once() {
        return new SoundInput(samples, () -> false);
    }

    /** Plays it over and over, the last sample followed by the first: whoever made it sees to the seam, or asks for {@link #seamless}. */
    public Input looped() {
        return looped(() -> true);
    }

    /** Plays it over and over as long as that says so, asked on the clock's thread: then once more to its end. */
    public Input looped(BooleanSupplier goesOn) {
        return new SoundInput(samples, goesOn);
    }

    /**
     * The same sound, shorter by the cross-fade, so that its end leads into its beginning with equal power.
     *
     * @param fadeMillis at most half of the sound is taken
     */
    public Sound seamless(int fadeMillis) {
        int fade = Math.min(fadeMillis * 24, samples.length / 2);
        float[] loop = new float[samples.length - fade];
        System.arraycopy(samples, 0, loop, 0, loop.length);
        for (int i = 0; i < fade; i++) {
            double angle = (i + 0.5) / fade * Math.PI / 2;
            loop[i] = (float) (samples[i] * StrictMath.sin(angle) + samples[loop.length + i] * StrictMath.cos(angle));
        }
        return new Sound(loop);
    }
}
