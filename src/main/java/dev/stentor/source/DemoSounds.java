package dev.stentor.source;

import dev.stentor.audio.SpeechTime;
import java.util.Map;
import java.util.function.Supplier;

/** The built-in sounds, which need no file: made of sines when they are first loaded. */
final class DemoSounds {

    /** A quiet chord that moves a little; it loops without a seam. */
    static final SoundName BED = new SoundName("demo-bed");
    /** Two soft bells. */
    static final SoundName CHIME = new SoundName("demo-chime");

    static final Map<SoundName, Supplier<float[]>> ALL = Map.of(BED, DemoSounds::bed, CHIME, DemoSounds::chime);

    private static final int RATE_HZ = SpeechTime.SAMPLES_PER_SECOND;
    private static final int BED_SECONDS = 16;
    private static final double[] CHORD_HZ = {110, 164.8125, 220, 277.1875, 329.625, 440};
    private static final double[] BELLS_HZ = {659.25, 880};

    private DemoSounds() {}

    /** Makes the chord. Each tone and each swell has a whole number of periods in the loop. */
    private static float[] bed() {
        float[] bed = new float[BED_SECONDS * RATE_HZ];
        for (int i = 0; i < bed.length; i++) {
            double seconds = (double) i / RATE_HZ;
            double sum = 0;
            for (int voice = 0; voice < CHORD_HZ.length; voice++) {
                double swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * (1 + voice % 3) * seconds / BED_SECONDS + voice);
                double angle = 2 * Math.PI * CHORD_HZ[voice] * seconds;
                double detuned = 2 * Math.PI * (CHORD_HZ[voice] + 0.25) * seconds;
                sum += swell
                        * (Math.sin(angle) + 0.6 * Math.sin(detuned) + 0.2 * Math.sin(2 * angle))
                        / (1 + 0.4 * voice);
            }
            bed[i] = (float) (0.09 * sum);
        }
        return bed;
    }

    private static float[] chime() {
        float[] chime = new float[RATE_HZ * 9 / 10];
        for (int bell = 0; bell < BELLS_HZ.length; bell++) {
            int from = bell * RATE_HZ / 6;
            for (int i = from; i < chime.length; i++) {
                double seconds = (double) (i - from) / RATE_HZ;
                double shape = Math.min(1, seconds / 0.005) * Math.exp(-6 * seconds);
                double angle = 2 * Math.PI * BELLS_HZ[bell] * seconds;
                chime[i] += (float) (0.22 * shape * (Math.sin(angle) + 0.25 * Math.sin(2.76 * angle)));
            }
        }
        for (int i = 1; i <= RATE_HZ / 50; i++) { // silent at its end
            chime[chime.length - i] *= (float) (i - 1) / (RATE_HZ / 50f);
        }
        return chime;
    }
}
