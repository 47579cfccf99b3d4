package dev.stentor.audio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A measurement of a conversion between two sample rates. Sines go in one after the other, from 20 Hz up to the higher Nyquist
 * frequency, each long enough for a filter to settle. The sine of the same frequency that fits the output best is compared with
 * it.
 */
record SteppedSine(int inHz, int outHz) {

    /** Part of a step that is left out at each of its ends, because other resamplers have long filters. */
    private static final double SETTLING = 0.25;

    private static final double STEP_SECONDS = 0.4;
    private static final int STEPS_OF_THE_BAND = 24;
    private static final double[] UPPER_STEPS = {0.5, 0.61, 0.75, 0.83, 0.86, 0.88, 0.895, 0.9};
    private static final double[] STOPPED_STEPS = {0, 0.02, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 0.99};
    private static final double EDGE = 0.95;

    /** The conversion that is measured: mono, about as many samples as the duration needs, shifted by a few ms at most. */
    interface Conversion {
        float[] of(int inHz, int outHz, float[] sound) throws IOException;
    }

    /**
     * The result of a measurement.
     *
     * @param rippleDecibels how far the loudest or softest tone up to 0.9 of the lower Nyquist frequency is off
     * @param restDecibels THD+N of the worst of those
     * @param rest1kDecibels THD+N near 1 kHz
     * @param edgeDecibels gain at 0.95 of the lower Nyquist frequency
     * @param aliasDecibels the loudest of what the lower rate cannot carry, from 1.005 of its Nyquist frequency on; NaN where there is
     *     nothing of the kind
     */
    record Figures(
            double rippleDecibels,
            double restDecibels,
            double rest1kDecibels,
            double edgeDecibels,
            double aliasDecibels) {

        /** Returns the worse of both in each figure. */
        Figures worse(Figures other) {
            return new Figures(
                    Math.max(rippleDecibels, other.rippleDecibels),
                    Math.max(restDecibels, other.restDecibels),
                    Math.max(rest1kDecibels, other.rest1kDecibels),
                    Math.min(edgeDecibels, other.edgeDecibels),
                    Double.isNaN(aliasDecibels)
                            ? other.aliasDecibels
                            : Double.isNaN(other.aliasDecibels)
                                    ? aliasDecibels
                                    : Math.max(aliasDecibels, other.aliasDecibels));
        }
    }

    Figures measure(Conversion conversion) throws IOException {
        double nyquist = Math.min(inHz, outHz) / 2.0;
        List<Double> band = band(nyquist);
        List<Double> steps = new ArrayList<>(band);
        steps.add(EDGE * nyquist);
        List<Double> stopped = stopped(nyquist);
        steps.addAll(stopped);
        float[] out = conversion.of(inHz, outHz, signal(steps));
        double ripple = 0;
        double rest = -300;
        double rest1k = -300;
        for (int step = 0; step < band.size(); step++) {
            Tone.Fit fit = Tone.Fit.of(out, start(step), end(step), steps.get(step), outHz);
            ripple = Math.max(ripple, Math.abs(fit.gainDecibels()));
            rest = Math.max(rest, fit.restDecibels());
            rest1k = step == 0 ? fit.restDecibels() : rest1k;
        }
        int edge = band.size();
        double gain =
                Tone.Fit.of(out, start(edge), end(edge), steps.get(edge), outHz).gainDecibels();
        double alias = Double.NaN;
        for (int step = edge + 1; step < steps.size(); step++) {
            double loudness = Tone.loudnessDecibels(out, start(step), end(step));
            alias = Double.isNaN(alias) ? loudness : Math.max(alias, loudness);
        }
        return new Figures(ripple, rest, rest1k, gain, alias);
    }

    /** Returns the frequencies in the order of the steps: 997 Hz first, then upwards. */
    private static List<Double> band(double nyquist) {
        List<Double> band = new ArrayList<>(List.of(997.0));
        double factor = Math.pow(0.45 * nyquist / 20, 1.0 / (STEPS_OF_THE_BAND - 1));
        for (int step = 0; step < STEPS_OF_THE_BAND; step++) {
            band.add(20 * Math.pow(factor, step));
        }
        for (double part : UPPER_STEPS) {
            band.add(part * nyquist);
        }
        return band;
    }

    private List<Double> stopped(double nyquist) {
        List<Double> stopped = new ArrayList<>();
        for (double part : STOPPED_STEPS) {
            double first = 1.005 * nyquist;
            if (inHz > outHz) {
                stopped.add(first + part * (inHz / 2.0 - first));
            }
        }
        return stopped;
    }

    private float[] signal(List<Double> steps) {
        int length = (int) (STEP_SECONDS * inHz);
        float[] signal = new float[steps.size() * length];
        for (int step = 0; step < steps.size(); step++) {
            float[] tone = Tone.of(steps.get(step), inHz, length);
            System.arraycopy(tone, 0, signal, step * length, length);
        }
        return signal;
    }

    private int start(int step) {
        return (int) ((step + SETTLING) * STEP_SECONDS * outHz);
    }

    private int end(int step) {
        return (int) ((step + 1 - SETTLING) * STEP_SECONDS * outHz);
    }
}
