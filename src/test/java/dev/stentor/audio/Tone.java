package dev.stentor.audio;

/** Sines, and measurements of a sine in a sound. */
final class Tone {

    /** Amplitude of the sines: -1.9 dB of full scale. */
    static final double AMPLITUDE = 0.8;

    private Tone() {}

    static float[] of(double hertz, int rateHz, int samples) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / rateHz + 0.3));
        }
        return tone;
    }

    /**
     * The sine of this frequency that fits a sound best, by least squares.
     *
     * @param gainDecibels its amplitude against {@link #AMPLITUDE}
     * @param restDecibels all that is not it, against the sine: distortion, images, aliases and noise
     */
    record Fit(double gainDecibels, double restDecibels) {

        /** Fits a sine to the middle half of the sound. */
        static Fit of(float[] sound, double hertz, int rateHz) {
            return of(sound, sound.length / 4, sound.length * 3 / 4, hertz, rateHz);
        }

        static Fit of(float[] sound, int start, int end, double hertz, int rateHz) {
            double sines = 0, cosines = 0, both = 0, withSine = 0, withCosine = 0;
            for (int i = start; i < end; i++) {
                double angle = 2 * Math.PI * hertz * i / rateHz;
                double sine = Math.sin(angle), cosine = Math.cos(angle);
                sines += sine * sine;
                cosines += cosine * cosine;
                both += sine * cosine;
                withSine += sound[i] * sine;
                withCosine += sound[i] * cosine;
            }
            double determinant = sines * cosines - both * both;
            double a = (withSine * cosines - withCosine * both) / determinant;
            double b = (withCosine * sines - withSine * both) / determinant;
            double rest = 0;
            for (int i = start; i < end; i++) {
                double angle = 2 * Math.PI * hertz * i / rateHz;
                double difference = sound[i] - a * Math.sin(angle) - b * Math.cos(angle);
                rest += difference * difference;
            }
            double amplitude = Math.hypot(a, b);
            double restRms = Math.sqrt(rest / (end - start));
            return new Fit(decibels(amplitude / AMPLITUDE), decibels(restRms / (amplitude / Math.sqrt(2))));
        }
    }

    /** Returns the loudness of the middle half, against the tone that went in. */
    static double loudnessDecibels(float[] sound) {
        return loudnessDecibels(sound, sound.length / 4, sound.length * 3 / 4);
    }

    static double loudnessDecibels(float[] sound, int start, int end) {
        double sum = 0;
        for (int i = start; i < end; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return decibels(Math.sqrt(sum / (end - start)) / (AMPLITUDE / Math.sqrt(2)));
    }

    static double decibels(double ratio) {
        return 20 * Math.log10(Math.max(ratio, 1e-12));
    }
}
