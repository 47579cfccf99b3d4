package dev.stentor.audio;

import java.util.Arrays;

/** A comparison of speech with the same speech at another speed: pitch and spectrum, at corresponding places. */
final class SpokenLikeness {

    private static final int RATE_HZ = SpeechTime.SAMPLES_PER_SECOND;
    private static final int STEP = RATE_HZ / 100;
    private static final int WINDOW = RATE_HZ / 25;
    private static final int BANDS = 24;
    private static final double LOUD_ENOUGH = 200;
    private static final double VOICED = 0.7;

    /**
     * The result.
     *
     * @param pitchPercent median difference of the pitch, where both are voiced
     * @param wrongPercent share of these places at which the pitch differs by more than a fifth
     * @param spectrumDecibels mean difference of 24 bands from 100 Hz to 10 kHz
     */
    record Figures(double pitchPercent, double wrongPercent, double spectrumDecibels) {}

    private SpokenLikeness() {}

    /** Compares sound with the sound that it was made of. Places that are silent in either are left out. */
    static Figures of(short[] original, short[] other, double speed) {
        double[] pitches = new double[original.length / STEP];
        int voiced = 0;
        int wrong = 0;
        double decibels = 0;
        int heard = 0;
        for (int at = WINDOW; at + 2 * WINDOW < original.length; at += STEP) {
            int there = (int) Math.round((at + WINDOW / 2.0) / speed - WINDOW / 2.0);
            if (there < 0
                    || there + WINDOW > other.length
                    || level(original, at) < LOUD_ENOUGH
                    || level(other, there) < LOUD_ENOUGH) {
                continue;
            }
            decibels += distance(bands(original, at), bands(other, there));
            heard++;
            double pitch = hertz(original, at);
            double found = hertz(other, there);
            if (pitch > 0 && found > 0) {
                double difference = Math.abs(found / pitch - 1);
                pitches[voiced++] = difference;
                wrong += difference > 0.2 ? 1 : 0;
            }
        }
        Arrays.sort(pitches, 0, voiced);
        return new Figures(100 * pitches[voiced / 2], 100.0 * wrong / voiced, decibels / heard);
    }

    private static double level(short[] sound, int at) {
        double sum = 0;
        for (int i = at; i < at + WINDOW; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return Math.sqrt(sum / WINDOW);
    }

    /** Returns the pitch of 70 to 400 Hz by autocorrelation; 0 if there is none. */
    private static double hertz(short[] sound, int at) {
        double best = VOICED;
        int period = 0;
        for (int lag = RATE_HZ / 400; lag <= RATE_HZ / 70; lag++) {
            double product = 0;
            double here = 1;
            double there = 1;
            for (int i = at; i + lag < at + WINDOW; i++) {
                product += (double) sound[i] * sound[i + lag];
                here += (double) sound[i] * sound[i];
                there += (double) sound[i + lag] * sound[i + lag];
            }
            double likeness = product / Math.sqrt(here * there);
            if (likeness > best + 0.01) {
                best = likeness;
                period = lag;
            }
        }
        return period == 0 ? 0 : (double) RATE_HZ / period;
    }

    private static double[] bands(short[] sound, int at) {
        double[] bands = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            for (int part = 0; part < 4; part++) {
                double hertz = 100 * Math.pow(100, (band + part / 4.0) / BANDS);
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < WINDOW; i++) {
                    double angle = 2 * Math.PI * hertz * i / RATE_HZ;
                    double sample = sound[at + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW));
                    real += sample * Math.cos(angle);
                    imaginary += sample * Math.sin(angle);
                }
                bands[band] += (real * real + imaginary * imaginary) / WINDOW;
            }
        }
        return bands;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int band = 0; band < BANDS; band++) {
            double decibels = 10 * Math.log10((one[band] + 10) / (other[band] + 10));
            sum += decibels * decibels;
        }
        return Math.sqrt(sum / BANDS);
    }
}
