package dev.stentor.mix;

import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measurements of a mix by an independent meter, which shares no code with the stage. */
class MixFiguresTest {

    private static final int RATE = 24_000;
    private static final int WINDOW = 8_192;
    /** Samples on each side from which a value between two samples is computed. */
    private static final int REACH = 48;

    private final Desk desk = new Desk();

    @ParameterizedTest(name = "6 kHz, {0} degrees")
    @ValueSource(ints = {0, 30, 45, 60})
    void noPeakBetweenSamplesIsOverTheCeiling(int degrees) {
        float[] hidden = new float[RATE]; // at a quarter of the rate, peaks lie between the samples
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = (float) (0.9 * Math.sin(Math.PI / 2 * i + Math.toRadians(degrees)));
        }
        desk.mixer.put("hidden", SoundClip.of(hidden).looped(), new SourceSettings(6, 5, false));
        desk.mixer.put("music", SoundClip.of(Desk.sine(440, 0.7, 6_000)).looped(), new SourceSettings(0, 5, false));
        assertThat(truePeakDb(desk.frames(50))).isLessThanOrEqualTo(Mixer.CEILING_DBTP);
    }

    /** Checks noise up to the highest frequency that the resampler lets through. */
    @ParameterizedTest(name = "to {0} of half the rate, seed {1}")
    @CsvSource({"0.8, 1", "0.8, 2", "0.9, 1", "0.9, 2", "0.95, 1", "0.95, 2"})
    void noiseDoesNotGoOverItEither(double band, long seed) {
        assertThat(truePeakDb(twoNoises(band, seed))).isLessThanOrEqualTo(Mixer.CEILING_DBTP);
    }

    /** Checks noise up to the very edge of the band, where finer meters measure more, and no two of them agree. */
    @ParameterizedTest(name = "to {0} of half the rate, seed {1}")
    @CsvSource({"0.8, 1", "0.95, 1", "1, 1", "1, 2", "1, 3", "1, 4"})
    void noNoiseGoesOverItByTheMeterOfTheStandard(double band, long seed) {
        assertThat(standardPeakDb(twoNoises(band, seed))).isLessThanOrEqualTo(Mixer.CEILING_DBTP);
    }

    private int[] twoNoises(double band, long seed) {
        desk.mixer.put("one", SoundClip.of(noise(band, seed)).looped(), new SourceSettings(0, 5, false));
        desk.mixer.put("two", SoundClip.of(noise(band, seed + 9)).looped(), new SourceSettings(0, 5, false));
        return desk.frames(50);
    }

    /** Checks a gain that rises from nothing to full within 20 ms: this may add sound only near the tone. */
    @Test
    void aChangeOfGainIsNotHeardBesideTheTone() {
        int[] out = new int[18 * FRAME];
        System.arraycopy(desk.frames(8), 0, out, 0, 8 * FRAME);
        desk.mixer.put("tone", SoundClip.of(Desk.sine(440, 0.5, 6_000)).looped(), new SourceSettings(0, 20, false));
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

    /** Returns the largest value at quarters of a sample, in dB of full scale. */
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
     * Computes a windowed sinc.
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

    /** The filter of ITU-R BS.1770-4, annex 2, a quarter of its 48 taps to a row; the other two rows are these backwards. */
    private static final double[][] STANDARD = {
        {
            0.0017089843750,
            0.0109863281250,
            -0.0196533203125,
            0.0332031250000,
            -0.0594482421875,
            0.1373291015625,
            0.9721679687500,
            -0.1022949218750,
            0.0476074218750,
            -0.0266113281250,
            0.0148925781250,
            -0.0083007812500
        },
        {
            -0.0291748046875,
            0.0292968750000,
            -0.0517578125000,
            0.0891113281250,
            -0.1665039062500,
            0.4650878906250,
            0.7797851562500,
            -0.2003173828125,
            0.1015625000000,
            -0.0582275390625,
            0.0330810546875,
            -0.0189208984375
        }
    };

    private static double standardPeakDb(int[] samples) {
        double peak = 0;
        for (double[] taps : STANDARD) {
            for (int at = taps.length - 1; at < samples.length; at++) {
                double value = 0;
                double other = 0;
                for (int i = 0; i < taps.length; i++) {
                    value += samples[at - i] * taps[i];
                    other += samples[at - i] * taps[taps.length - 1 - i];
                }
                peak = Math.max(peak, Math.max(Math.abs(value), Math.abs(other)));
            }
        }
        return 20 * Math.log10(peak / 32_768);
    }

    /** Returns noise up to a part of half the rate; single samples may still have any value. */
    private static float[] noise(double band, long seed) {
        float[] white = Desk.noise(seed, RATE + 2 * REACH);
        double[] kernel = kernel(0, band);
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
