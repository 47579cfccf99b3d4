package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.util.function.BooleanSupplier;

/**
 * A sound that is held in memory as a whole: 24 kHz mono, nominally -1 to 1. Immutable; share one among any number of sources.
 */
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

    /**
     * Creates a sound of a copy of these samples; samples that are no numbers become 0. Measures them, in about 1 ms for each 4
     * s.
     */
    public static SoundClip of(float[] samples) {
        return owning(samples.clone());
    }

    /**
     * Creates a sound as {@link #of} does, but without a copy: the array belongs to the sound, and nobody may write to it any
     * more.
     */
    public static SoundClip owning(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                samples[i] = 0;
            }
        }
        return new SoundClip(samples);
    }

    /** Returns the number of samples. */
    public int length() {
        return samples.length;
    }

    /** Returns the integrated loudness by BS.1770; negative infinity if the sound is shorter than 400 ms, or silent. */
    public double loudnessLufs() {
        return loudnessLufs;
    }

    /** Creates an input that plays the sound once. */
    public Input once() {
        return new SoundInput(samples, NO_SEAM, () -> false);
    }

    /**
     * Creates an input that plays the sound over and over, without a seam: use {@link #loop} for a sound that was not made as a
     * loop.
     */
    public Input looped() {
        return loop(0).input(() -> true);
    }

    /**
     * Creates a loop, in which the end of the sound is cross-faded to its beginning with equal power, so that a round is shorter
     * by the fade. The first round begins with the plain beginning, the last one ends with the plain end.
     *
     * @param fadeMillis length of the cross-fade; half of the sound at most
     */
    public Loop loop(int fadeMillis) {
        float[] seam = new float[(int) Math.min(SpeechTime.samples(fadeMillis), samples.length / 2)];
        int from = samples.length - seam.length;
        for (int i = 0; i < seam.length; i++) {
            double angle = (i + 0.5) / seam.length * Math.PI / 2;
            seam[i] = (float) (samples[i] * StrictMath.sin(angle) + samples[from + i] * StrictMath.cos(angle));
        }
        return new Loop(seam);
    }

    /** The sound with the seam of a loop. Immutable; share one among any number of sources. */
    public final class Loop {

        private final float[] seam;

        private Loop(float[] seam) {
            this.seam = seam;
        }

        /**
         * Creates an input that plays the sound over and over as long as {@code goesOn} says so, and then to its end. It is asked
         * once a round, on the clock's thread.
         */
        public Input input(BooleanSupplier goesOn) {
            return new SoundInput(samples, seam, goesOn);
        }
    }
}
