package dev.stentor.mix;

import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a meter of our own making says of a mix: none of the stage's code is in it. */
class MixFiguresTest {

    private static final int RATE = 24_000;
    private static final int WINDOW = 8_192;
    /** Samples on each side that a value between two samples is made of. */
    private static final int REACH = 48;

    private final Desk desk = new Desk();

    @ParameterizedTest(name = "6 kHz, {0} degrees")
    @ValueSource(ints = {0, 30, 45, 60})
    void noPeakBetweenSamplesIsOverTheCeiling(int degrees) {
        float[] hidden = new float[RATE]; // at a quarter of the rate, peaks lie between the samples
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = (float) (0.9 * Math.sin(Math.PI / 2 * i + Math.toRadians(degrees)));
        }
        desk.mixer.put("hidden", Sound.of(hidden).looped(), new SourceSettings(6, 5, false));
        desk.mixer.put("music", Sound.of(Desk.sine(440, 0.7, 6_000)).looped(), new SourceSettings(0, 5, false));
        assertThat(truePeakDb(desk.frames(50))).isLessThanOrEqualTo(Mixer.CEILING_DBTP);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noiseDoesNotGoOverItEither(long seed) {
        desk.mixer.put("one", Sound.of(noise(seed)).looped(), new SourceSettings(0, 5, false));
        desk.mixer.put("two", Sound.of(noise(seed + 9)).looped(), new SourceSettings(0, 5, false));
        assertThat(truePeakDb(desk.frames(50))).isLessThanOrEqualTo(-0.5);
    }

    /** The gain goes from nothing to all within 20 ms: what that adds lies around the tone. */
    @Test
    void aChangeOfGainIsNotHeardBesideTheTone() {
        int[] out = new int[18 * FRAME];
        System.arraycopy(desk.frames(8), 0, out, 0, 8 * FRAME);
        desk.mixer.put("tone", Sound.of(Desk.sine(440, 0.5, 6_000)).looped(), new SourceSettings(0, 20, false));
        System.arraycopy(desk.frames(10), 0, out, 8 * FRAME, 10 * FRAME);
        double tone = magnitude(out, 440);
        for (int hertz = 640; hertz < RATE / 2; hertz += 20) {
            assertThat(20 * Math.log10(magnitude(out, hertz) / tone))
                    .as("%d Hz", hertz)
                    .isLessThanOrEqualTo(-80);
        }
    }

    private static double magnitude(int[] samples, double hertz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < WINDOW; i++) {
            double phase = 2 * Math.PI * i / WINDOW;
            double window =
                    0.35875 - 0.48829 * Math.cos(phase) + 0.14128 * Math.cos(2 * phase) - 0.01168 * Math.cos(3 * phase);
            double angle = 2 * Math.PI * hertz * i / RATE;
            real += window * samples[i] * Math.cos(angle);
            imaginary += window * samples[i] * Math.sin(angle);
        }
        return Math.hypot(real, imaginary);
    }

    /** The largest value at quarters of a sample. */
    private static double truePeakDb(int[] samples) {
        double peak = 0;
        for (double[] kernel : new double[][] {kernel(0, 1), kernel(0.25, 1), kernel(0.5, 1), kernel(0.75, 1)}) {
            for (int at = REACH; at < samples.length - REACH; at++) {
                double value = 0;
                for (int i = 0; i < kernel.length; i++) {
                    value += samples[at + i + 1 - REACH] * kernel[i];
                }
                peak = Math.max(peak, Math.abs(value));
            }
        }
        return 20 * Math.log10(peak / 32_768);
    }

    /**
     * A windowed sinc.
     *
     * @param part of a sample that it looks further
     * @param band of half the rate, that it lets through
     */
    private static double[] kernel(double part, double band) {
        double[] kernel = new double[2 * REACH];
        for (int i = 0; i < kernel.length; i++) {
            double away = Math.PI * (i + 1 - REACH - part);
            double window = Math.cos(away / (2 * REACH));
            kernel[i] = (away == 0 ? band : Math.sin(away * band) / away) * window * window;
        }
        return kernel;
    }

    /** Noise up to 9.6 kHz, in which single samples still do what they like. */
    private static float[] noise(long seed) {
        float[] white = Desk.noise(seed, RATE + 2 * REACH);
        double[] kernel = kernel(0, 0.8);
        float[] noise = new float[RATE];
        for (int at = 0; at < RATE; at++) {
            double value = 0;
            for (int i = 0; i < kernel.length; i++) {
                value += white[at + i] * kernel[i];
            }
            noise[at] = (float) value;
        }
        return noise;
    }
}
