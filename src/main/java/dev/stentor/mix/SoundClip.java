package dev.stentor.mix;

import java.util.function.BooleanSupplier;

/** A sound that is held in memory as a whole: 24 kHz mono, nominally -1 to 1. Immutable; share one among any number of sources. */
public final class SoundClip {

    private static final float[] NO_SEAM = {};

    private final float[] samples;
    private final double loudnessLufs;

    private SoundClip(float[] samples) {
        this.samples = samples;
        var meter = new LoudnessMeter();
        meter.add(samples, 0, samples.length);
        this.loudnessLufs = meter.integratedLufs();
    }

    /** A sound of these samples; what is no number becomes 0. Measures them, which takes about 1 ms for each 4 s. */
    public static SoundClip of(float[] samples) {
        return owning(samples.clone());
    }

    /** The same of samples that are handed over: nobody else may write to them any more. */
    public static SoundClip owning(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                samples[i] = 0;
            }
        }
        return new SoundClip(samples);
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
        return new SoundInput(samples, NO_SEAM, () -> false);
    }

    /** Plays it over and over, the last sample followed by the first: whoever made it sees to the seam, or asks for a {@link #loop}. */
    public Input looped() {
        return loop(0).input(() -> true);
    }

    /**
     * To be played over and over: its end leads into its beginning with equal power, so that a round is shorter by that. The first round
     * begins with the beginning alone, the last one ends with the end alone.
     *
     * @param fadeMillis at most half of the sound is taken
     */
    public Loop loop(int fadeMillis) {
        float[] seam = new float[Math.min(fadeMillis * 24, samples.length / 2)];
        int from = samples.length - seam.length;
        for (int i = 0; i < seam.length; i++) {
            double angle = (i + 0.5) / seam.length * Math.PI / 2;
            seam[i] = (float) (samples[i] * StrictMath.sin(angle) + samples[from + i] * StrictMath.cos(angle));
        }
        return new Loop(seam);
    }

    /** The sound with a seam: immutable, for any number of sources. */
    public final class Loop {

        private final float[] seam;

        private Loop(float[] seam) {
            this.seam = seam;
        }

        /** Plays it over and over as long as that says so, asked once a round, on the clock's thread: then to its end. */
        public Input input(BooleanSupplier goesOn) {
            return new SoundInput(samples, seam, goesOn);
        }
    }
}
